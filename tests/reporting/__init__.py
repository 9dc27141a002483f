"""Tests of papers and how they become pages, PDFs and sheets."""
