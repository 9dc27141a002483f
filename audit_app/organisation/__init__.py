"""The tree of units: region, authority, service, team; a person's reach is a subtree of it."""
