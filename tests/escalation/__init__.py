"""Tests of the room in which what cannot wait is signed off."""
