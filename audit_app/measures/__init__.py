"""What the judgements add up to: statistics, tallies, charts and the dashboards that show them."""
