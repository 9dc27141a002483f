"""What papers hold: values in, a Document out; nothing here knows the web or the database (pure)."""
