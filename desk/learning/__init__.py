"""Learning from what went wrong: lists, labels, the change of data/ that follows, and runs of bot.learning."""
