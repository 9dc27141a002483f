"""Tests of packs and of evidence."""
