"""Past audits: what a council's earlier spreadsheets say of audits before this service, marked as imported."""
