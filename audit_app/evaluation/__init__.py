"""What a council knows of its own practice: statements that cite evidence, and say when it has gone stale."""
