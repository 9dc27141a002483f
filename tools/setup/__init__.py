"""Set-up of a machine: what running and testing need, found, installed or asked for in plain words."""
