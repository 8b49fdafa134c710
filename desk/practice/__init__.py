"""The practice room: agents take simulated customers through the same console, apart from everything real."""
