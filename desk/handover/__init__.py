"""Cases for another help desk: told by a signed webhook, worked on over an API."""
