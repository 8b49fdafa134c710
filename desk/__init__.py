"""The desk: the program that faces people. Connectors, conversations, the queue, the agents' console."""
