"""The demo shop Kaamos: a web shop's HTTP API as a process of its own, to try everything without a real shop."""
