"""Carrying an audit out: its workflow, drafts, the ledger of judgements, and who may see what of it."""
