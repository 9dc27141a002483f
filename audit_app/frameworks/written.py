"""A file as it was written: its words, lists and blocks, each with its line.

YAML is read event by event and never turned into objects, so a file can hold nothing but text in lists and blocks.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from audit_app.frameworks.problem import Problem, Unreadable, by_line

MOST_CHARACTERS: Final = 400_000
MOST_VALUES: Final = 20_000
MOST_LEVELS_DEEP: Final = 10
NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
TURNS_TEXT_ROUND: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Words:
    """Some text in a file; empty where nothing was written."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A list in a file."""

    line: int
    items: tuple["Written", ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """A block of named entries in a file, with the line of each name."""

    line: int
    items: dict[str, tuple[int, "Written"]]


Written = Words | Rows | Fields


def written(text: str) -> tuple[Fields, list[Problem]]:
    """The file as one block of entries, and the entries that were written twice; raises `Unreadable` for the rest."""
    if len(text) > MOST_CHARACTERS:
        raise _stop(1, f"The file is too large. It can have up to {MOST_CHARACTERS:,} characters.")
    refused: list[Problem] = []
    twice: list[Problem] = []
    events = _content_events(text, refused)
    first = next(events, None)
    content = _value(first, events, "", refused, twice) if first else None
    if content and next(events, None):
        raise _stop(content.line, "Keep one scale, framework or tool in each file.")
    if refused:
        raise Unreadable(by_line([*refused, *twice]))
    if not isinstance(content, Fields):
        raise _stop(
            content.line if content else 1, "The file must be a list of names and values, such as “file: tool”."
        )
    return content, twice


def _stop(line: int, message: str) -> Unreadable:
    """A problem after which nothing more of the file can be read."""
    return Unreadable([Problem(line, "", message)])


def _content_events(text: str, refused: list[Problem]) -> Iterator[Event]:
    """What the file holds, event by event; a fault in the YAML itself stops the reading with its line."""
    try:
        yield from _bearable(yaml.parse(text, Loader=yaml.SafeLoader), refused)
    except Unreadable:
        raise
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        said = ", ".join(part for part in (fault.context, fault.problem) if part)
        message = (
            f"We cannot read the file from here on: {said}. Check the indents, the colons and the quotation marks."
        )
        raise _stop(mark.line + 1 if mark else 1, message) from fault
    except yaml.reader.ReaderError as fault:
        message = "There is a character here that a text file cannot hold. Delete it and type it again."
        raise _stop(text.count("\n", 0, fault.position) + 1, message) from fault
    except (ValueError, OverflowError) as fault:  # PyYAML lets an impossible \U escape or %YAML number through
        raise _stop(1, "The file has a character code or a version number that does not exist.") from fault


def _bearable(events: Iterator[Event], refused: list[Problem]) -> Iterator[Event]:
    """The events that hold content, as long as they stay within the size, depth and means that a file needs."""
    values = depth = 0
    for event in events:
        line = _line(event)
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            depth -= 1
            yield event
        elif isinstance(event, NodeEvent):
            values += 1
            depth += isinstance(event, MappingStartEvent | SequenceStartEvent)
            if values > MOST_VALUES:
                raise _stop(line, f"The file is too large. It can hold up to {MOST_VALUES:,} values.")
            if depth > MOST_LEVELS_DEEP:
                raise _stop(line, f"The file can be up to {MOST_LEVELS_DEEP} levels deep. Check the indents.")
            refused.extend(Problem(line, "", message) for message in _never_needed(event))
            yield event
        elif isinstance(event, DocumentStartEvent) and values:
            raise _stop(line, "Keep one scale, framework or tool in each file.")


def _never_needed(event: NodeEvent) -> Iterator[str]:
    """What YAML allows but no file here needs."""
    if event.anchor:
        sign = "*" if isinstance(event, AliasEvent) else "&"
        yield f"Write the words out in full: references such as “{sign}{event.anchor}” are not allowed."
    if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent) and event.tag:
        yield f"Delete “{event.tag}”: a file can only hold text, lists and blocks."
    if isinstance(event, ScalarEvent):
        for character in sorted(set(event.value)):
            control = unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t"
            if control or character in TURNS_TEXT_ROUND:
                yield f"Delete the hidden character U+{ord(character):04X} in this text."


def _value(event: Event, events: Iterator[Event], where: str, refused: list[Problem], twice: list[Problem]) -> Written:
    """The value that begins with this event, and all that it holds."""
    line = _line(event)
    if isinstance(event, ScalarEvent):
        nothing = event.implicit[0] and not event.style and event.value in NOTHING
        return Words(line, "" if nothing else event.value)
    if isinstance(event, SequenceStartEvent):
        rows: list[Written] = []
        for inner in events:
            if isinstance(inner, SequenceEndEvent):
                break
            rows.append(_value(inner, events, within(where, str(len(rows) + 1)), refused, twice))
        return Rows(line, tuple(rows))
    fields: dict[str, tuple[int, Written]] = {}
    if isinstance(event, MappingStartEvent):
        for inner in events:
            if isinstance(inner, MappingEndEvent):
                break
            name = _value(inner, events, where, refused, twice)
            text = name.text if isinstance(name, Words) else ""
            value = _value(next(events), events, within(where, text), refused, twice)
            if not isinstance(name, Words):
                refused.append(Problem(name.line, where, "The name before a colon must be plain text."))
            elif text in fields:
                first = fields[text][0]
                message = f"“{text}” is already given on line {first}. Keep one of the two."
                twice.append(Problem(name.line, where, message))
            else:
                fields[text] = (name.line, value)
    return Fields(line, fields)


def _line(event: Event) -> int:
    """The line on which an event begins, counted from one."""
    return event.start_mark.line + 1 if event.start_mark else 1


def within(where: str, part: str) -> str:
    """The place of a part inside a place."""
    return " › ".join(place for place in (where, part) if place)
