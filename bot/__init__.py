"""What runs inside Rasa: the desk's door, the understanding of messages and the judge of handoffs."""
