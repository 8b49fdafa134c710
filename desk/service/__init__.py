"""The use cases: a command comes in, one transaction follows, then everybody who watches is told."""
