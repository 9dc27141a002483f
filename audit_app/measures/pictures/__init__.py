"""The pictures of measures: figures drawn as scenes, each with its sentence and the table of its numbers (pure)."""
