"""Whether a pack may be asked for and opened."""

import pytest

from audit_app.packs.rules import MOST_AUDITS, refusal_to_ask, refusal_to_open


@pytest.mark.parametrize(
    ("audits", "waits", "said"),
    [
        (0, False, "no audit yet"),
        (1, False, None),
        (MOST_AUDITS, False, None),
        (MOST_AUDITS + 1, False, "at most 500"),
        (1, True, "still being made"),
    ],
)
def test_a_pack_holds_some_audits_but_not_too_many_and_one_is_made_at_a_time(
    audits: int, waits: bool, said: str | None
) -> None:
    refusal = refusal_to_ask(audits, waits=waits)
    assert (refusal is None) == (said is None)
    assert said is None or (refusal is not None and said in refusal.reason)


def test_a_pack_is_closed_as_soon_as_one_of_its_audits_is() -> None:
    assert refusal_to_open(0) is None
    assert "1 audit in this pack is" in str(refusal_to_open(1))
    assert "2 audits in this pack are" in str(refusal_to_open(2))
