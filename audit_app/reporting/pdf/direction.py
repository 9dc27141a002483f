"""Scripts that run from right to left: Arabic letters joined, and each run turned round for the page (pure)."""

import re
import unicodedata
from functools import cache

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_RIGHT_TO_LEFT = "\u0590-\u07ff\ufb1d-\ufdff\ufe70-\ufefc"
# A run begins and ends with a letter of such a script; spaces, signs and figures between belong to it.
_RUN = re.compile(rf"([{_RIGHT_TO_LEFT}](?:[^A-Za-z\u00c0-\u058f\n]*[{_RIGHT_TO_LEFT}])?)([)\]}}»]?)")
_OPENING = {")": "(", "]": "[", "}": "{", "»": "«"}
_FIGURES = re.compile(
    r"[0-9\u0660-\u0669\u06f0-\u06f9](?:[0-9\u0660-\u0669\u06f0-\u06f9.,/:]*[0-9\u0660-\u0669\u06f0-\u06f9])?"
)
_FACING = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_JOINER = "\u200d"


def joined(text: str) -> str:
    """A text whose Arabic letters have the form that their place in the word asks for."""
    if not _ARABIC.search(text):
        return text
    forms, result = _forms(), list(text)
    letters = [place for place, letter in enumerate(text) if unicodedata.category(letter) != "Mn"]
    for before, place, after in zip([-1, *letters], letters, [*letters[1:], -1], strict=False):
        letter = text[place]
        if letter in forms:
            from_before = before >= 0 and "initial" in forms.get(text[before], {}) and "final" in forms[letter]
            to_after = after >= 0 and "initial" in forms[letter] and "final" in forms.get(text[after], {})
            kind = {(0, 0): "isolated", (0, 1): "initial", (1, 0): "final", (1, 1): "medial"}[from_before, to_after]
            result[place] = forms[letter].get(kind, letter)
    return _lam_alef("".join(result))


def turned(line: str) -> str:
    """A line as it stands on the page from left to right, each run that reads from right to left turned round."""
    return _RUN.sub(lambda found: _turned_with_bracket(*found.groups()), line)


def plain(letter: str) -> str:
    """The letter or letters that a joined form stands for."""
    return unicodedata.normalize("NFKC", letter) if "\ufb50" <= letter <= "\ufefc" else letter


def _turned_with_bracket(run: str, bracket: str) -> str:
    """A run turned round, with the bracket after it where it was opened inside."""
    if bracket and run.count(_OPENING[bracket]) > run.count(bracket):
        return _turned_run(run + bracket)
    return _turned_run(run) + bracket


def _turned_run(run: str) -> str:
    """A run back to front; figures inside keep their order, marks stay behind their letter."""
    pieces: list[str] = []
    place = 0
    while place < len(run):
        figures = _FIGURES.match(run, place)
        end = figures.end() if figures else place + 1
        while end < len(run) and unicodedata.category(run[end]) == "Mn":
            end += 1
        pieces.append(run[place:end])
        place = end
    return "".join(reversed(pieces)).translate(_FACING)


@cache
def _forms() -> dict[str, dict[str, str]]:
    """The forms of each Arabic letter, as Unicode lists them: alone, at the beginning, in the middle, at the end."""
    forms: dict[str, dict[str, str]] = {_JOINER: {"initial": _JOINER, "final": _JOINER}}
    for code in (*range(0xFB50, 0xFBFF), *range(0xFE70, 0xFEFD)):
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if kind and len(letters) == 4:
            forms.setdefault(chr(int(letters, 16)), {})[kind.strip("<>")] = chr(code)
    return forms


def _lam_alef(text: str) -> str:
    """Lam and alef, which are always written as one."""
    for code in range(0xFEF5, 0xFEFD):
        kind, lam, alef = unicodedata.decomposition(chr(code)).split()
        forms = _forms()
        first = forms[chr(int(lam, 16))]["initial" if kind == "<isolated>" else "medial"]
        text = text.replace(first + forms[chr(int(alef, 16))]["final"], chr(code))
    return text
