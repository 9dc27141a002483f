"""Tests of the page shell."""
