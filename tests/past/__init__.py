"""Past audits, imported from a council's earlier spreadsheets."""
