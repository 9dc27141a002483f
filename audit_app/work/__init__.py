"""Long work: asked for in a request, carried out by a worker, with progress, cancel and safe repetition."""
