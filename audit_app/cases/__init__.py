"""Case records (pseudonymous) and the case lists they are read from, Annex A included."""
