"""E-mail: customers write to the shop's mailbox, which is read by IMAP; answers go out by SMTP in the same thread."""
