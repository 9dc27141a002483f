"""What every paper says of itself: whose it is, and the record as it stood when it was made."""

from flask import current_app

from audit_app.history.queries import checkpoint


def council() -> str:
    """The council whose papers these are."""
    name: str = current_app.extensions["settings"].council_name
    return name


def receipt() -> str:
    """The history as it stands, so that a paper can be held against it later."""
    head = checkpoint()
    return f"{head.size:,} entries, root {head.root}"
