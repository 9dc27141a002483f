"""Letters as pieces of wording that an audit officer edits, each looked at as it would be sent (pure)."""

import datetime as dt
from dataclasses import asdict

from audit_app.notices.kinds import OF_BOARDS, Kind
from audit_app.notices.letters import News, letter, page_words
from audit_app.notices.wording import FRAME, IN_MAIL, ON_PAGE, Words, piece_of, with_edited
from audit_app.wording.pieces import Part, Piece, Shown

GROUP = "Letters and messages"
EXAMPLE_MONTH, EXAMPLE_DUE, EXAMPLE_TODAY = dt.date(2026, 6, 1), dt.date(2026, 6, 12), dt.date(2026, 6, 16)
EXAMPLE_MEETS = dt.date(2026, 6, 30)
AROUND = {
    "name": "Name",
    "service": "Case audit",
    "link": "https://audits.example/",
    "settings": "https://audits.example/",
}
MAIL, PAGE = tuple(sorted(IN_MAIL)), tuple(sorted(ON_PAGE))
OF_A_LETTER = (
    Part("subject", "Subject, of one thing", MAIL, one_line=True),
    Part("subject_many", "Subject, of several", MAIL, one_line=True),
    Part("one", "Letter, of one thing", MAIL),
    Part("many", "Letter, of several", MAIL),
    Part("page", "On a page of the service", PAGE),
)
OF_THE_FRAME = (
    Part("opening", "How every letter begins", MAIL),
    Part("closing", "How every letter ends", MAIL),
    Part("subject_of_several", "Subject, of different things", MAIL, one_line=True),
)


def pieces(usual: Words) -> list[Piece]:
    """Every letter, and what stands around all of them."""
    around = Piece(
        FRAME,
        GROUP,
        "Around every letter",
        OF_THE_FRAME,
        lambda: asdict(usual.frame),
        lambda said: _around(with_edited(usual, {FRAME: said})),
    )
    return [around, *(_piece(kind, usual) for kind in usual.letters)]


def _piece(kind: Kind, usual: Words) -> Piece:
    key = piece_of(kind)
    return Piece(
        key,
        GROUP,
        kind.value.replace("_", " ").capitalize(),
        OF_A_LETTER,
        lambda: asdict(usual.letters[kind]),
        lambda said: _look(kind, with_edited(usual, {key: said})),
    )


def _about(kind: Kind) -> str:
    """Whom or what an example is about: a board's letter names the board."""
    return "Improvement board" if kind in OF_BOARDS else "Name of somebody"


def _news(kind: Kind) -> News:
    return News(kind, EXAMPLE_MONTH, EXAMPLE_DUE, _about(kind), EXAMPLE_MEETS)


def _written(words: Words, *news: News) -> Shown:
    made = letter(news, words, EXAMPLE_TODAY, **AROUND)
    return Shown(made.subject, made.body.strip())


def _look(kind: Kind, words: Words) -> tuple[Shown, ...]:
    one = _news(kind)
    page = page_words(one, words, EXAMPLE_TODAY, case="0012345", about=_about(kind))
    return (_written(words, one), _written(words, one, one), Shown("On a page of the service", page))


def _around(words: Words) -> tuple[Shown, ...]:
    return (_written(words, _news(Kind.ALLOCATED), _news(Kind.DECIDED)),)
