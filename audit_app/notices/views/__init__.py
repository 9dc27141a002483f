"""The pages of notices: what one was told, how to be told, and chasing."""

from flask import Blueprint, Flask

from audit_app.history.operations import recorded
from audit_app.notices.editing import pieces
from audit_app.notices.operations import HEARD
from audit_app.notices.wording import OWN, Unusable, words_of
from audit_app.wording.queries import offer
from config import Settings, Unsafe

blueprint = Blueprint("notices", __name__)

# They put their pages on it.
from audit_app.notices.views import chasing, feeding, reading  # noqa: E402, F401


def connect(app: Flask) -> None:
    """Read the words of letters, and hear from the record what people are to be told of."""
    settings: Settings = app.extensions["settings"]
    try:
        app.extensions["letters"] = words_of(settings.instance)
    except Unusable as error:
        raise Unsafe(f"{settings.instance / OWN} cannot be used. {error}") from error
    offer(app, pieces(app.extensions["letters"]))
    for kind, hear in HEARD.items():
        recorded.connect(hear, sender=kind)
