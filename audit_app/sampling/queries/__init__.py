"""What is asked of samples: the list to draw from, samples as they were drawn, who may audit, how a round stands."""
