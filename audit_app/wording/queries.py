"""What is asked of wording: the words in use, and a piece's versions."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from flask import Flask, abort, current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from audit_app.db import db
from audit_app.wording.model import Edition
from audit_app.wording.pieces import Piece

OFFERED = "wording"


def offer(app: Flask, pieces: Iterable[Piece]) -> None:
    """Let pieces be edited in an application."""
    app.extensions.setdefault(OFFERED, {}).update({piece.key: piece for piece in pieces})


def offered() -> dict[str, Piece]:
    """The pieces that can be edited, by what they are called."""
    return cast(dict[str, Piece], current_app.extensions.get(OFFERED, {}))


def piece_or_404(key: str) -> Piece:
    """A piece that can be edited; any other does not exist."""
    return offered().get(key) or abort(404)


def editions_of(key: str) -> Sequence[Edition]:
    """The versions of a piece, newest first."""
    rows = select(Edition).where(Edition.piece == key).options(joinedload(Edition.person))
    return db.session.scalars(rows.order_by(Edition.number.desc())).all()


def latest() -> dict[str, Edition]:
    """The version in use of every piece that was ever edited."""
    rows = select(Edition).options(joinedload(Edition.person)).order_by(Edition.number)
    return {one.piece: one for one in db.session.scalars(rows)}


def edited() -> Mapping[str, Mapping[str, str]]:
    """The edited words in use, by piece, in one question."""
    rows = select(Edition.piece, Edition.words).order_by(Edition.number)
    return {row.piece: row.words for row in db.session.execute(rows)}


def words_of(key: str) -> dict[str, str]:
    """The words of a piece in use: the usual ones, and what was edited in place of them."""
    piece, found = offered()[key], next(iter(editions_of(key)), None)
    return {**piece.usual(), **(found.words if found else {})}
