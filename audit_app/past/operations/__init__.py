"""What is done with past audits: files are read and wait, words are explained, rows imported, imports taken back."""

from audit_app.past.operations.importing import confirm, take_back
from audit_app.past.operations.staging import erase, explain, read_by, stage, sweep_staged
from audit_app.past.operations.taking import take

__all__ = ["confirm", "erase", "explain", "read_by", "stage", "sweep_staged", "take", "take_back"]
