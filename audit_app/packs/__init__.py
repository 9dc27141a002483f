"""Many papers as one file to take away, and the evidence of how audits were chosen, carried out and moderated."""
