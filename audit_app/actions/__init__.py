"""Actions for the child: what is to be done after an audit, by whom and when, and whether it was."""
