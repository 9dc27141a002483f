"""What an audit found goes back to those whose work it is about, and what they and families say is gathered."""
