"""One block of a file, read entry by entry; what is wrong is noted with its line, and reading goes on."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from difflib import get_close_matches
from typing import Final

from audit_app.frameworks.problem import Problem
from audit_app.frameworks.written import Fields, Rows, Words, Written, within

LONG: Final = 4_000
SHORT: Final = 200
MOST_ROWS: Final = 100
KEY: Final = re.compile(r"[a-z][a-z0-9_-]{0,59}")
VERSION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,29}")
YES_OR_NO: Final = {"yes": True, "true": True, "no": False, "false": False}


class Block:
    """A block of named entries that is asked for each entry in turn, and says what is missing, wrong or unknown."""

    def __init__(self, fields: Fields, where: str, problems: list[Problem]) -> None:
        self.fields = fields
        self.where = where
        self.problems = problems
        self.asked: list[str] = []

    def note(self, message: str, name: str = "") -> None:
        """Note a problem with an entry, or with the whole block."""
        line = self.fields.items[name][0] if name in self.fields.items else self.fields.line
        self.problems.append(Problem(line, within(self.where, name) if name else self.where, message))

    def has(self, name: str) -> bool:
        """Whether the entry is there at all."""
        return name in self.fields.items

    def value(self, name: str, *, needed: bool) -> Written | None:
        """Whatever the entry holds; a missing or empty one is nothing."""
        self.asked.append(name)
        if name not in self.fields.items:
            if needed:
                self.note(f"“{name}” is missing. Add a line “{name}: …”.")
            return None
        value = self.fields.items[name][1]
        if isinstance(value, Words) and not value.text.strip():
            self.note(f"“{name}” is empty. Write something after the colon or delete the line.", name)
            return None
        return value

    def words(self, name: str, *, default: str | None = None, most: int = LONG) -> str:
        """The text of an entry; without a default it must be there."""
        value = self.value(name, needed=default is None)
        if value is None:
            return default or ""
        if not isinstance(value, Words):
            self.note(f"“{name}” must be text, not {_kind(value)}.", name)
            return default or ""
        text = value.text.strip()
        if len(text) > most:
            self.note(f"“{name}” is too long. It can have up to {most:,} characters and has {len(text):,}.", name)
        return text

    def key(self, name: str = "key") -> str:
        """A key: the short name by which the application knows a thing."""
        text = self.words(name, most=60)
        if text and not KEY.fullmatch(text):
            self.note(
                f"“{text}” cannot be a key. Begin with a small letter, then use small letters, numbers, “_” or “-”.",
                name,
            )
        return text

    def version(self, name: str = "version") -> str:
        """A version, such as 2026-04 or 1.2."""
        text = self.words(name, most=30)
        if text and not VERSION.fullmatch(text):
            self.note(f"“{text}” cannot be a version. Use numbers and letters with full stops or hyphens.", name)
        return text

    def address(self, name: str) -> str:
        """A web address, or nothing."""
        text = self.words(name, default="", most=500)
        if text and not re.fullmatch(r"https://[^\s/]+\S*", text):
            self.note("A link must begin with “https://” and have no spaces.", name)
        return text

    def yes_or_no(self, name: str, *, default: bool | None = None) -> bool:
        """A yes or a no; without a default it must be there."""
        text = self.words(name, default=None if default is None else "")
        if not text:
            return bool(default)
        if text.lower() not in YES_OR_NO:
            self.note(f"“{name}” must be yes or no, not “{_start(text)}”.", name)
        return YES_OR_NO.get(text.lower(), bool(default))

    def whole(self, name: str, least: int, most: int) -> int:
        """A whole number between two others; the least of them where the entry is wrong."""
        text = self.words(name)
        if re.fullmatch(r"[0-9]{1,9}", text) and least <= int(text) <= most:
            return int(text)
        if text:
            self.note(f"“{name}” must be a whole number from {least:,} to {most:,}.", name)
        return least

    def one_of(self, name: str, choices: Collection[str], *, default: str | None = None) -> str:
        """One of the words that the entry may hold."""
        text = self.words(name, default=default)
        if text and text not in choices:
            self.note(unknown(text, choices), name)
        return text

    def some_of(self, name: str, choices: Collection[str] | None, *, needed: bool) -> tuple[str, ...]:
        """A list of words, each of the choices (where they are known) and each once."""
        value = self.value(name, needed=needed)
        if value is None:
            return ()
        if not isinstance(value, Rows):
            self.note(f"“{name}” must be a list, such as [one, two], not {_kind(value)}.", name)
            return ()
        texts: list[str] = []
        if len(value.items) > MOST_ROWS:
            self.note(f"“{name}” can have up to {MOST_ROWS} items and has {len(value.items)}.", name)
        for row in value.items[:MOST_ROWS]:
            text = row.text.strip() if isinstance(row, Words) else ""
            message = ""
            if not text:
                message = f"Each item of “{name}” must be text."
            elif choices is not None and text not in choices:
                message = unknown(text, choices)
            elif text in texts:
                message = f"“{text}” is in the list twice."
            if message:
                self.problems.append(Problem(row.line, within(self.where, name), message))
            texts.append(text)
        if needed and not texts:
            self.note(f"“{name}” needs at least one item.", name)
        return tuple(texts)

    def day(self, name: str, *, needed: bool) -> date | None:
        """A day, written as 2026-04-01."""
        text = self.words(name, default=None if needed else "")
        if not text:
            return None
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
                return date.fromisoformat(text)
        except ValueError:
            pass
        self.note(f"“{_start(text)}” is not a date. Write it as year-month-day, such as 2026-04-01.", name)
        return None

    def block(self, name: str, *, needed: bool = True) -> "Block | None":
        """The block that an entry holds."""
        value = self.value(name, needed=needed)
        if isinstance(value, Fields):
            return Block(value, within(self.where, name), self.problems)
        if value is not None:
            self.note(f"“{name}” must hold entries of its own, not {_kind(value)}.", name)
        return None

    def blocks(self, name: str, *, least: int = 0, most: int = MOST_ROWS) -> list["Block"]:
        """The blocks that an entry lists, each called by its key where it has one."""
        value = self.value(name, needed=least > 0)
        if value is None:
            return []
        if not isinstance(value, Rows):
            self.note(f"“{name}” must be a list, each item beginning with a hyphen, not {_kind(value)}.", name)
            return []
        found = []
        for number, row in enumerate(value.items[:most], start=1):
            if isinstance(row, Fields):
                key = row.items.get("key", (0, None))[1]
                called = key.text if isinstance(key, Words) and KEY.fullmatch(key.text) else str(number)
                found.append(Block(row, within(within(self.where, name), called), self.problems))
            else:
                place = within(within(self.where, name), str(number))
                self.problems.append(Problem(row.line, place, f"This must hold entries of its own, not {_kind(row)}."))
        if len(value.items) < least:
            self.note(f"“{name}” needs at least {_count(least)}.", name)
        if len(value.items) > most:
            self.note(f"“{name}” can have up to {most} items and has {len(value.items)}.", name)
        return found

    def close(self) -> None:
        """Note every entry that was not asked for, as far as anybody will read."""
        others = [name for name in self.fields.items if name not in self.asked]
        for name in others[:MOST_ROWS]:
            self.note(f"“{_start(name)}” is not known here.{_perhaps(name, self.asked)}", name)


def each_once(blocks: Iterable[Block], what: str) -> None:
    """Note every block whose key another one before it has."""
    seen: dict[str, int] = {}
    for block in blocks:
        line, value = block.fields.items.get("key", (0, None))
        key = value.text.strip() if isinstance(value, Words) else ""
        if key in seen:
            block.note(f"There is already {what} with the key “{_start(key)}” on line {seen[key]}.", "key")
        elif key:
            seen[key] = line


def unknown(text: str, choices: Collection[str]) -> str:
    """That a word is none of those it may be, and which it may be."""
    listed = ", ".join(f"“{choice}”" for choice in choices)
    allowed = f" It can be {listed}." if listed else ""
    return f"“{_start(text)}” is not known here.{_perhaps(text, choices) or allowed}"


def _perhaps(text: str, choices: Collection[str]) -> str:
    """What may have been meant."""
    close = get_close_matches(text[:60], choices, n=1)
    return f" Did you mean “{close[0]}”?" if close else ""


def _kind(value: Written) -> str:
    """What a value is, in words."""
    return {Words: "text", Rows: "a list", Fields: "a block of entries"}[type(value)]


def _start(text: str) -> str:
    """The beginning of a text, short enough for a sentence."""
    return text if len(text) <= 60 else f"{text[:57]}…"


def _count(number: int) -> str:
    """How many items, in words."""
    return "one item" if number == 1 else f"{number} items"
