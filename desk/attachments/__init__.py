"""Pictures and PDFs that customers and agents send: checked by content, kept beside the log, erased with it."""
