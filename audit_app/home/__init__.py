"""Your work today: what is due, what came back, what was decided."""
