"""Who may do what: roles, permissions, the table that joins them, and the actor who asks."""
