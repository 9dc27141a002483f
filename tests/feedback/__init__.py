"""Outcomes that are released, replies to them, and themes."""
