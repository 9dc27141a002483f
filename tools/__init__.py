"""Tools for those who work on the code: set-up, vendored assets, pictures."""
