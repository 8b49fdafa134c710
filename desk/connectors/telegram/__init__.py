"""Telegram: customers write to the shop's bot in private chats; in groups it only shows the way there."""
