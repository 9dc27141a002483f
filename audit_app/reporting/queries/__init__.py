"""What papers are made from, asked within somebody's reach."""
