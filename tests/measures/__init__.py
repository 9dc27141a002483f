"""What the judgements add up to: its tests."""
