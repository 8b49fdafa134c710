"""Commands as pure functions: (state, now, …) → the events that follow, or `Refused`. One file an actor."""
