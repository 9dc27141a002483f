"""What an account holds when somebody leaves or is off for long, and how it goes to others."""
