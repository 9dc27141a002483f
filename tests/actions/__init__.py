"""Tests of actions for children."""
