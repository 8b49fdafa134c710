"""The public help pages: articles read from data/faq, found by words, shown as plain HTML."""
