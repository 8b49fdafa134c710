"""Written dialogues played through the whole bot, to measure the judge and to fit it."""
