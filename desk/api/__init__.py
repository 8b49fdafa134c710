"""The desk's doors over HTTP and WebSocket: pages, the console's API, what all doors share."""
