"""Keeping the tallies: taking in what changed, making them anew, and checking them against the ledger."""

from audit_app.measures.operations.checking import Difference, rebuild, verify
from audit_app.measures.operations.taking_in import fold, fold_all

__all__ = ["Difference", "fold", "fold_all", "rebuild", "verify"]
