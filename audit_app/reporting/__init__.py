"""Reporting: papers, their contents, and how they become pages, PDFs and spreadsheets."""
