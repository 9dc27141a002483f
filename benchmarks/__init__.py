"""What is fast, measured as ratios of two things run in turn."""
