"""Tests of the room organisation."""
