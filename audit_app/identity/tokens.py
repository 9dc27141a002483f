"""Secret tokens: what is kept of them (pure)."""

import hashlib


def digest(token: str) -> str:
    """What is kept of a secret token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()
