"""Grade scales, judgement areas, descriptors and audit tools: versioned data, frozen once used."""
