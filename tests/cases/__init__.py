"""Cases and case lists."""
