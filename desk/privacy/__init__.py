"""Personal data: what is kept where, for how long, and how it leaves (docs/privacy.md)."""
