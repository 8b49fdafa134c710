"""Slack: customers write to the app in direct messages and threads; a team's agents can work in a channel of theirs."""
