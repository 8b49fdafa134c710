"""What the bot does beyond talking: custom actions over the shop's interface, one topic a file in `topics/`."""
