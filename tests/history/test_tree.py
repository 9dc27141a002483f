"""Tests of the tree against the published test vectors of Certificate Transparency and against its definition."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.history.tree import Tree, included, join, leaf

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
LEAVES = [
    bytes.fromhex(data)
    for data in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def by_definition(leaves: list[bytes]) -> bytes:
    """The root as section 2.1 of RFC 6962 defines it: split at the largest power of two, and again."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaf(leaves[0])
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return join(by_definition(leaves[:split]), by_definition(leaves[split:]))


def path_by_definition(index: int, leaves: list[bytes]) -> list[bytes]:
    """The audit path as section 2.1.1 of RFC 6962 defines it."""
    if len(leaves) == 1:
        return []
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if index < split:
        return [*path_by_definition(index, leaves[:split]), by_definition(leaves[split:])]
    return [*path_by_definition(index - split, leaves[split:]), by_definition(leaves[:split])]


def grown(leaves: list[bytes]) -> Tree:
    """A tree of those leaves that watches them all."""
    tree = Tree(watch=range(len(leaves)))
    for data in leaves:
        tree.add(data)
    return tree


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert Tree().root() == EMPTY


def test_roots_are_those_of_the_published_test_vectors() -> None:
    tree, roots = Tree(), []
    for data in LEAVES:
        tree.add(data)
        roots.append(tree.root())
    assert roots == ROOTS


def test_roots_and_paths_are_those_of_the_definition_at_every_size() -> None:
    leaves = [bytes([n]) for n in range(40)]
    for size in range(1, len(leaves) + 1):
        tree = grown(leaves[:size])
        assert tree.root() == by_definition(leaves[:size]).hex()
        for index in range(size):
            path = [step.hex() for step in path_by_definition(index, leaves[:size])]
            assert list(tree.path(index)) == path
            assert included(leaves[index], index, size, path, tree.root())


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70), st.data())
def test_a_path_proves_one_leaf_at_one_place_only(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    tree = grown(leaves)
    path, root = tree.path(index), tree.root()
    assert included(leaves[index], index, tree.size, path, root)
    assert not included(leaves[index] + b"!", index, tree.size, path, root)
    assert not included(leaves[index], index, tree.size, (*path, EMPTY), root)
    assert not path or not included(leaves[index], index, tree.size, path[:-1], root)
    assert not included(leaves[index], index + tree.size, tree.size, path, root)
    assert not included(leaves[index], -1, tree.size, path, root)
    assert not included(leaves[index], index, tree.size, path, EMPTY)


def test_a_tree_remembers_only_its_peaks_and_what_it_watches() -> None:
    tree = Tree()
    for n in range(1000):
        tree.add(n.to_bytes(2))
    assert len(tree._peaks) == (1000).bit_count()
    with pytest.raises(KeyError):
        tree.path(5)
    with pytest.raises(IndexError):
        tree.path(1000)


def test_watching_a_leaf_before_it_comes_gives_its_path_later() -> None:
    tree = Tree(watch=[3])
    for n in range(4):
        with pytest.raises(IndexError):
            tree.path(3)
        tree.add(bytes([n]))
    assert included(bytes([3]), 3, 4, tree.path(3), tree.root())
