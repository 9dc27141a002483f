"""A self-evaluation as a paper: what was published, and nothing reckoned anew (pure)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from audit_app.measures.suppression import NOTE
from audit_app.reporting.document import Column, Document, Facts, Heading, Part, Table, Text
from audit_app.web.formats import day

EVIDENCE = (
    Column("Evidence", width_share=2.6),
    Column("What it said", width_share=2.7),
    Column("Cited on", width_share=1.5),
    Column("Since then", width_share=1.8),
)
NO_EVIDENCE = "No evidence is cited for this."
HOW_TO_READ = (
    "Each statement names what it rests on, with the number that stood there on the day it was cited. “Since then” "
    "says whether that evidence still stood on the day of this paper."
)


def self_evaluation(
    contents: Mapping[str, Any], *, council: str, published_at: dt.datetime, number: int, contents_hash: str
) -> Document:
    """A published edition of a unit's self-evaluation."""
    return Document(
        title="Self-evaluation of practice",
        subtitle=f"{contents['unit']}, {contents['period']}",
        marking="OFFICIAL",
        status="FINAL",
        council=council,
        version=str(number),
        produced_at=published_at,
        parts=tuple(_parts(contents)),
        receipt=f"contents {contents_hash}",
    )


def _parts(contents: Mapping[str, Any]) -> Iterator[Part]:
    stated = day(dt.date.fromisoformat(contents["stated_on"]))
    yield Facts((("Covers", contents["unit"]), ("Period", contents["period"]), ("Stated for", stated)))
    number = count(1)
    for area in contents["areas"]:
        yield Heading(1, area["name"])
        for question in area["questions"]:
            yield Heading(2, question["name"])
            for one in question["statements"]:
                yield Text(one["words"])
                yield _evidence(one, f"Evidence for statement {next(number)}, {area['name']}")
    yield Heading(1, "How to read this paper")
    yield Text(HOW_TO_READ)
    if _hides(contents):
        yield Text(NOTE)


def _evidence(one: Mapping[str, Any], caption: str) -> Part:
    if not one["evidence"]:
        return Text(NO_EVIDENCE, "note")
    rows = tuple(
        (
            _named(each),
            "\n".join(filter(None, (each["said"], each["months"], _read(each)))),
            day(dt.date.fromisoformat(each["cited_on"])),
            "\n".join(each["signs"]) or "Nothing has changed",
        )
        for each in one["evidence"]
    )
    return Table(caption, EVIDENCE, rows, row_headers=True)


def _named(each: Mapping[str, Any]) -> str:
    """What it is in one line, and of what in the next; what was published earlier has one name for both."""
    what, of = each.get("what") or each["label"], each.get("of", "")
    return f"{each['kind']}: {what}" + (f"\n{of}" if of else "")


def _read(each: Mapping[str, Any]) -> str:
    return f"Read on {day(dt.date.fromisoformat(each['read_on']))}" if each["read_on"] else ""


def _hides(contents: Mapping[str, Any]) -> bool:
    return any(
        each["hidden"]
        for area in contents["areas"]
        for question in area["questions"]
        for one in question["statements"]
        for each in one["evidence"]
    )
