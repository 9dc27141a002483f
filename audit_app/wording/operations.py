"""What is done with wording: a new version in place of the last, and the usual words again."""

from sqlalchemy.exc import IntegrityError

from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.refusal import Refusal, Refused, Stale
from audit_app.wording import queries
from audit_app.wording.model import Edition
from audit_app.wording.pieces import Piece, Words


def edit(piece: Piece, words: Words, number: int, *, by: int) -> Edition:
    """Keep a new version of a piece's words; number is the version that was being edited, 0 for the usual words."""
    found = next(iter(queries.editions_of(piece.key)), None)
    if (found.number if found else 0) != number:
        raise Stale("these words")
    in_use = queries.words_of(piece.key)
    if problems := piece.problems(words):
        raise Refused(Refusal(" ".join(one for some in problems.values() for one in some)))
    said = {part.key: words.get(part.key, "").strip() for part in piece.parts}
    changed = [key for key, text in said.items() if text != in_use.get(key, "").strip()]
    if not changed:
        raise Refused(Refusal("These words are in use already. Nothing was changed."))
    made = Edition(piece=piece.key, number=number + 1, words=said, made_at=now(), made_by=by)
    try:
        with db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
    except IntegrityError as error:  # somebody kept their version at the same moment
        raise Stale("these words") from error
    record("wording.changed", subject=f"wording:{piece.key}", body={"number": made.number, "parts": changed}, by=by)
    return made
