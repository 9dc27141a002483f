"""The list that a sample is drawn from."""

import pytest

from audit_app.sampling.frame import Frame, FrameCase, frame_bytes, frame_from, frame_hash


@pytest.mark.parametrize("references", [("1", "1"), ("",), (" ",), ("a\0b",), ("\ud800",)])
def test_a_list_with_a_case_twice_or_without_a_reference_is_no_list(references: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="on the list"):
        Frame(tuple(FrameCase(reference, {}) for reference in references))


def test_a_fingerprint_changes_with_a_case_an_attribute_or_a_value() -> None:
    frames = [
        Frame((FrameCase("1", {"team": "Ash"}),)),
        Frame((FrameCase("01", {"team": "Ash"}),)),
        Frame((FrameCase("1", {"team": "Birch"}),)),
        Frame((FrameCase("1", {"unit": "Ash"}),)),
        Frame((FrameCase("1", {"team": "Ash"}), FrameCase("2", {"team": "Ash"}))),
        Frame(()),
    ]
    assert len({frame_hash(frame) for frame in frames}) == len(frames)


def test_an_empty_attribute_and_a_missing_one_are_the_same() -> None:
    missing, empty = Frame((FrameCase("1", {}),)), Frame((FrameCase("1", {"team": ""}),))
    assert frame_hash(missing) == frame_hash(empty)


@pytest.mark.parametrize("reference", ["a\nb", 'a"b\\', "a\u2028b", "a\x7f\x1cb", "儿"])
def test_a_stored_list_keeps_odd_references(reference: str) -> None:
    frame = Frame((FrameCase("!", {}), FrameCase(reference, {"team": "Ash"})))
    assert frame_from(frame_bytes(frame)) == frame
