"""The record of everything that happened: append-only, chained by hashes, checkable by another program."""
