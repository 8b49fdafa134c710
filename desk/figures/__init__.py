"""Figures about the service, counted from the event log alone (docs/figures.md). Pure but for `texts`."""
