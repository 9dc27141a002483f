"""Improvement: plans with their recommendations, indicators, targets, readings, actions, and the boards they go to."""
