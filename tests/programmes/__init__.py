"""Tests of programmes and their rounds."""
