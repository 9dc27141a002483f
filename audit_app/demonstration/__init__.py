"""The demonstration authority: plainly fictional, the same for a seed and a day."""
