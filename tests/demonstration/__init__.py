"""Tests of the demonstration authority."""
