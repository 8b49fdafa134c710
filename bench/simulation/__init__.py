"""A month of conversations that nobody had, made by the desk's own decisions: for looking at, and for speed."""
