"""Tests of the ground floor: settings, the clock, refusals, the database handle and its queue of writers."""
