"""Whole stories, in real Chromium: with a mouse, with the keyboard alone, and without scripts."""
