"""Mails that the desk writes by itself: to customers who left for their mailbox, and what they asked to keep."""
