"""Tests of scales, frameworks and audit tools as values, as files and as the shipped library."""
