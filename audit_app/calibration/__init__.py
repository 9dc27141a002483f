"""Calibration: one anonymised case graded by many people, blind, to see how far their grades agree."""
