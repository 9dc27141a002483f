"""The Merkle tree of RFC 6962: one root for a whole list, and short proofs that something stands in it."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple


class Peak(NamedTuple):
    """A complete part of the tree: where it starts, how many leaves it covers, and its hash."""

    start: int
    width: int
    hash: bytes


def leaf(data: bytes) -> bytes:
    """The hash of one leaf."""
    return sha256(b"\x00" + data).digest()


def join(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbouring parts."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A growing list's root, held in a handful of hashes however long the list; it can watch some leaves for proofs."""

    def __init__(self, watch: Iterable[int] = ()) -> None:
        self.size = 0
        self._peaks: list[Peak] = []
        self._paths: dict[int, list[bytes]] = {index: [] for index in watch}
        self._watched = sorted(self._paths)

    def add(self, data: bytes) -> None:
        """Put one more leaf at the end."""
        peaks = self._peaks
        peaks.append(Peak(self.size, 1, leaf(data)))
        self.size += 1
        while len(peaks) > 1 and peaks[-2].width == peaks[-1].width:
            right, left = peaks.pop(), peaks.pop()
            for index in self._watched_in(left):
                self._paths[index].append(right.hash)
            for index in self._watched_in(right):
                self._paths[index].append(left.hash)
            peaks.append(Peak(left.start, left.width * 2, join(left.hash, right.hash)))

    def _watched_in(self, peak: Peak) -> Sequence[int]:
        if not self._watched:
            return ()
        return self._watched[
            bisect_left(self._watched, peak.start) : bisect_left(self._watched, peak.start + peak.width)
        ]

    def root(self) -> str:
        """The root of what was added so far, in hexadecimal."""
        if not self._peaks:
            return sha256(b"").hexdigest()
        root = self._peaks[-1].hash
        for peak in reversed(self._peaks[:-1]):
            root = join(peak.hash, root)
        return root.hex()

    def path(self, index: int) -> tuple[str, ...]:
        """The hashes, in hexadecimal, that lead from a watched leaf to the root."""
        if not 0 <= index < self.size:
            raise IndexError(f"the tree has no leaf {index}")
        path, root, reached = list(self._paths[index]), self._peaks[-1].hash, index >= self._peaks[-1].start
        for peak in reversed(self._peaks[:-1]):
            if reached:
                path.append(peak.hash)
            elif index >= peak.start:
                path.append(root)
                reached = True
            root = join(peak.hash, root)
        return tuple(step.hex() for step in path)


def included(data: bytes, index: int, size: int, path: Sequence[str], root: str) -> bool:
    """Whether a leaf stands at an index of the tree of that size and root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, leaf(data)
    for step in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = join(bytes.fromhex(step), found)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            found = join(found, bytes.fromhex(step))
        here, last = here >> 1, last >> 1
    return last == 0 and found.hex() == root
