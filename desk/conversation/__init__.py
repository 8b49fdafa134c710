"""The heart of the desk, pure: events, the folded state, decisions, the queue's order, opening hours.

Nothing here does I/O, reads a clock or imports another part of the desk.
"""
