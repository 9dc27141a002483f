"""The present month of the demonstration: something waits on everybody's home page."""

from collections.abc import Callable

from audit_app.access.table import Role
from audit_app.auditing.ledger import SENIOR
from audit_app.demonstration.course import DRAWN_TODAY, HARM_SEEN
from audit_app.demonstration.operations.moderating import Bench, Terms
from audit_app.demonstration.operations.rounds import Opened
from audit_app.demonstration.second_words import SENT_BACK
from audit_app.demonstration.story import Story
from audit_app.moderation.model import Route


def moderate_so_far(bench: Bench, opened: Opened) -> None:
    """The second opinions of the present month: some by hand, some drawn blind, none of them long begun."""
    northmere, given_on = bench.rounds.northmere, bench.rounds.last_day
    seniors = northmere.ids_of(Role.SENIOR_MANAGER)
    first_auditor = northmere.auditors[0].id
    handed_in = [story for story in opened.stories if story.handed_in_at is not None]
    mine = next(story for story in handed_in if story.auditor_id == first_auditor)
    others = [story for story in handed_in if story is not mine]
    by_hand = Terms(SENIOR, blind=False, given_on=given_on)
    bench.give(mine, seniors[0], Route.BY_HAND, by_hand)
    bench.begin(mine, SENIOR, 0.3)
    mine.sent_back_because = SENT_BACK
    for story, senior, share in ((others[0], seniors[0], 0.5), (others[1], seniors[-1], 0.0)):
        bench.give(story, senior, Route.BY_HAND, by_hand)
        bench.begin(story, SENIOR, share)
    drawn = bench.draw(opened, others[2:], seniors, DRAWN_TODAY, Terms(SENIOR, blind=True, given_on=given_on))
    ways: tuple[Callable[[Story], None], ...] = (
        lambda story: bench.begin(story, SENIOR, 0.4),
        lambda story: bench.commit(story, SENIOR),
        lambda story: None,
        lambda story: bench.begin(story, SENIOR, 1.0),
        lambda story: None,
        lambda story: bench.judge(story, SENIOR, own=_harm(bench, story)),
    )
    for way, story in zip(ways, sorted(drawn, key=lambda one: one.seconds[SENIOR].moderator_id), strict=True):
        way(story)


def _harm(bench: Bench, story: Story) -> dict[str, str | None]:
    """What a moderator sees who finds that a child was not safe, and that nobody in charge had noticed."""
    lowest = story.tool.scale.keys[0]
    found = {section.key for section in story.graded if section.overall or section.key in HARM_SEEN}
    return bench.own_view(story, SENIOR) | dict.fromkeys(found, lowest)
