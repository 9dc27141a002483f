"""Files in one file: names that are safe on every machine, and the same bytes for the same contents (pure)."""

import re
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

LONGEST_NAME = 60
THE_SAME_MOMENT = (1980, 1, 1, 0, 0, 0)  # of each file within, so that the same papers are the same bytes
READABLE_BY_ITS_OWNER = 0o600 << 16
_OTHERS = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One file of a pack: its name, and what is in it."""

    name: str
    content: bytes


def safe_name(words: str) -> str:
    """Words as part of a file's name: letters, figures and hyphens only, never empty, never a path."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return _OTHERS.sub("-", plain)[:LONGEST_NAME].strip("-") or "unnamed"


def parcel(enclosed: Iterable[Enclosed]) -> bytes:
    """Some files as one ZIP file; two of a name would hide each other, so that is a fault."""
    target = BytesIO()
    seen: set[str] = set()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in enclosed:
            if one.name.lower() in seen:
                raise ValueError(f"two files of a pack are called {one.name}")
            seen.add(one.name.lower())
            entry = zipfile.ZipInfo(one.name, THE_SAME_MOMENT)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, READABLE_BY_ITS_OWNER
            archive.writestr(entry, one.content)
    return target.getvalue()
