"""Tests of the history: its form, its writing, and how it shows that it was tampered with."""
