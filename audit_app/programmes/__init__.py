"""Programmes of audits and their rounds."""
