"""What independent libraries say about generated tables: their numbers, and the scripts that made them."""
