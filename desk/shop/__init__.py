"""The shop, as far as people act in it: asked through the actions' door, which uses the same interface as the bot."""
