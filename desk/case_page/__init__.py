"""The customer's page of a case, made on the server: usable without scripts, in three languages."""
