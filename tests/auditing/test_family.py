"""Feedback from the child and family, without names: how, from whom by relation, why there is none."""

import pytest

from audit_app.auditing.family import asked, asked_in, chosen, kept, told
from audit_app.cases.sensitive import warnings_in
from audit_app.frameworks.problem import Unreadable


def test_what_comes_with_the_service_reads_and_holds_no_name() -> None:
    found = asked()
    every = (*found.ways, *found.relations, *found.reasons)
    assert all(every) and not [one for one in every if warnings_in(one.name)]
    assert {"child", "mother", "father"} <= {one.key for one in found.relations}


def test_several_are_kept_and_come_back() -> None:
    particulars = {"whom": kept(["child", "mother"])}
    assert chosen(particulars, "whom") == ["child", "mother"]
    assert chosen({}, "whom") == []


def test_what_was_said_is_told_in_words_with_what_older_audits_wrote() -> None:
    said = {"obtained": "yes", "how": "By telephone", "ways": "visit", "whom": "child,father"}
    assert told(said) == (("How", "By telephone, At a visit"), ("From", "The child or young person; father"))
    assert told({"obtained": "no", "why_not": "declined"}) == (("Why there is none", "They did not want to"),)
    assert told({"obtained": "yes"}) == ()


def test_a_choice_that_is_no_longer_known_keeps_its_key() -> None:
    assert told({"whom": "neighbour"}) == (("From", "neighbour"),)


def test_a_file_without_reasons_is_refused() -> None:
    with pytest.raises(Unreadable):
        asked_in("file: family-feedback\nways:\n  - {key: a, name: A}\nrelations:\n  - {key: b, name: B}\n")
