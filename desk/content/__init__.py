"""What the shop says, edited in the console: drafts, editions and the files under data/ that follow."""
