"""What stands, and what is compared, whatever happens in whatever order."""

from dataclasses import replace

from hypothesis import given, settings

from audit_app.auditing.ledger import Pair, as_audited, judged, pairs, standing
from tests.measures.stories import Event, Story, ledger, stories

AUDITED = Event("hand in", "auditor", {"plans": "good", "overall": "good"})
SENIOR = Event("settle", "senior", {"plans": "good", "overall": "requires_improvement"})
COMMITTED = Event("commit", "senior", {"plans": "good", "overall": "inadequate"})
EXTERNAL = Event("settle", "external", {"plans": "good", "overall": "inadequate"})


def overall(events: list[Event], earlier: str, later: str) -> tuple[str | None, str | None] | None:
    found = [(p.earlier, p.later) for p in pairs(ledger(events), earlier, later) if p.section == "overall"]
    assert len(found) <= 1
    return found[0] if found else None


@settings(max_examples=300, deadline=None)
@given(stories())
def test_what_stands_and_what_is_compared_is_what_a_reader_of_the_events_would_say(story: Story) -> None:
    lines, said = story.counted.lines, story.told
    assert {key: line.grade for key, line in standing(lines).items()} == said.stands()
    assert {key: line.grade for key, line in as_audited(lines).items()} == said.first
    for tier in ("senior", "external"):
        assert {key: line.grade for key, line in judged(lines, tier, "settled").items()} == said.now[tier]
    for earlier, later in (("auditor", "senior"), ("internal", "external"), ("auditor", "external")):
        found = {pair.section: (pair.earlier, pair.later) for pair in pairs(lines, earlier, later)}
        assert found == said.pairs(earlier, later)


@settings(max_examples=100, deadline=None)
@given(stories())
def test_the_order_in_which_lines_are_read_does_not_matter(story: Story) -> None:
    lines = story.counted.lines
    assert standing(reversed(lines)) == standing(lines)
    for later in ("senior", "external"):
        assert set(pairs(reversed(lines), "internal", later)) == set(pairs(lines, "internal", later))


def test_a_pair_takes_the_settled_grade_where_moderation_was_open() -> None:
    assert overall([AUDITED, SENIOR], "auditor", "senior") == ("good", "requires_improvement")


def test_a_pair_takes_the_blind_grade_where_there_is_one_and_the_settled_one_stands() -> None:
    events = [AUDITED, COMMITTED, SENIOR]
    assert overall(events, "auditor", "senior") == ("good", "inadequate")
    assert standing(ledger(events))["overall"].grade == "requires_improvement"
    assert standing(ledger([AUDITED, COMMITTED]))["overall"].grade == "good"


def test_reopening_takes_an_open_pair_out_until_it_is_redone_and_leaves_a_blind_one_for_good() -> None:
    reopened = Event("reopen", "senior")
    assert overall([AUDITED, SENIOR, reopened], "auditor", "senior") is None
    assert overall([AUDITED, SENIOR, reopened, SENIOR], "auditor", "senior") == ("good", "requires_improvement")
    assert overall([AUDITED, COMMITTED, SENIOR, reopened], "auditor", "senior") == ("good", "inadequate")
    assert standing(ledger([AUDITED, COMMITTED, SENIOR, reopened]))["overall"].grade == "good"


def test_internal_is_what_stood_when_the_external_auditor_committed() -> None:
    resolved = Event("resolve", "senior", {"overall": "good"})
    reopened = Event("reopen", "senior")
    assert overall([AUDITED, EXTERNAL], "internal", "external") == ("good", "inadequate")
    assert overall([AUDITED, SENIOR, EXTERNAL], "internal", "external") == ("requires_improvement", "inadequate")
    assert overall([AUDITED, SENIOR, resolved, EXTERNAL], "internal", "external") == ("good", "inadequate")
    for later in (resolved, reopened):
        found = overall([AUDITED, SENIOR, EXTERNAL, later], "internal", "external")
        assert found == ("requires_improvement", "inadequate")
    # What was reopened before the external auditor committed stood no more.
    assert overall([AUDITED, SENIOR, reopened, EXTERNAL], "internal", "external") == ("good", "inadequate")


def test_a_resolution_ranks_at_the_tier_whose_judgement_it_resolves() -> None:
    resolved = Event("resolve", "auditor", {"overall": "outstanding"})
    assert standing(ledger([AUDITED, resolved]))["overall"].grade == "outstanding"
    assert standing(ledger([AUDITED, resolved, SENIOR]))["overall"].grade == "requires_improvement"
    assert standing(ledger([AUDITED, SENIOR, resolved]))["overall"].grade == "requires_improvement"


def test_the_first_hand_in_is_what_was_audited_even_when_it_is_handed_in_again() -> None:
    again = replace(AUDITED, grades={"plans": "good", "overall": "outstanding"})
    assert as_audited(ledger([AUDITED, again]))["overall"].grade == "good"
    assert overall([AUDITED, again, SENIOR], "auditor", "senior") == ("good", "requires_improvement")


def test_not_applicable_is_a_grade_of_none_on_either_side() -> None:
    without = replace(SENIOR, grades={"plans": None, "overall": "good"})
    assert Pair("plans", "good", None) in pairs(ledger([AUDITED, without]), "auditor", "senior")
    assert standing(ledger([AUDITED, without]))["plans"].grade is None
