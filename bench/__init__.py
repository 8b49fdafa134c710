"""How fast the house is, always beside something to compare with in the same run: `make bench`."""
