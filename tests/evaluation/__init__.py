"""Tests of self-evaluations."""
