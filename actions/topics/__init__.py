"""One topic a file. The action server finds every action in this package by itself."""
