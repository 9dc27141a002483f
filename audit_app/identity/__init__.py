"""People, the roles granted to them, signing in, one-time links and leaving."""
