"""The channels, one file each. A connector turns what arrives into commands, and brings entries to the customer."""
