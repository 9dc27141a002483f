"""What moderation teaches: what was changed and why, for each auditor, for leaders, and in briefings for all."""
