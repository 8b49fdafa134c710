"""Mails to customers: what they say (letters.py), and how they leave (outbox.py)."""

from actions.mail.outbox import FileOutbox, Mail, MailUnavailable, Outbox, SmtpOutbox

__all__ = ["FileOutbox", "Mail", "MailUnavailable", "Outbox", "SmtpOutbox"]
