"""The desk's side of the bot: asking it, noticing that it is away, and what to do with its answers."""
