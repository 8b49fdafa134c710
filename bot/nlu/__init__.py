"""Understanding one message: language, intent, entities. Rasa graph components over small pure models."""
