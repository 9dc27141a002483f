"""The laws of the house, kept by tests; docs/house.md says why."""
