"""Which cases are audited, and by whom: the seeded sample, its allocation and the round's board."""
