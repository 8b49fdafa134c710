"""When a person is needed: how a message sounds, and the judge over the conversation so far. Pure, no Rasa in here."""
