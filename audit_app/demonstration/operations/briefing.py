"""Learning briefings of the demonstration: one that was published for the whole authority, and one that is a draft."""

import datetime as dt

from audit_app.demonstration.briefing_words import DRAFT, PUBLISHED
from audit_app.demonstration.dates import moment, months, working_days_before
from audit_app.demonstration.operations.moderating import Bench
from audit_app.demonstration.people import HELP
from audit_app.learning import operations, queries
from audit_app.learning.briefing import Words
from audit_app.learning.model import Briefing
from audit_app.organisation.model import Unit

# Months counted back from the present one: the last quarter that is wholly moderated, and the quarter after it.
QUARTER, AFTER = (-6, -4), (-3, -2)
PUBLISHED_BEFORE = 12  # working days before today


def brief(bench: Bench, today: dt.date) -> None:
    """Both briefings."""
    northmere = bench.rounds.northmere
    officer = next(one for one in northmere.people.values() if one.id == northmere.officer_id)
    made = _written(northmere.root, QUARTER, PUBLISHED, officer.id, today)
    seen = queries.material_of(made, officer.actor(today)).contents.digest
    copy = operations.publish(made, seen, made.version_id, by=officer.actor(today))
    day = working_days_before(today, PUBLISHED_BEFORE)
    copy.published_at = moment(day, bench.chance("published", made.id))
    made.made_at = made.saved_at = moment(working_days_before(day, 2), bench.chance("briefing", made.id))
    _written(northmere.units[HELP], AFTER, DRAFT, officer.id, today)


def _written(unit: Unit, span: tuple[int, int], words: Words, officer: int, today: dt.date) -> Briefing:
    first, last = (months(today)[place] for place in span)
    made = operations.begin(unit, first, last, by=officer)
    operations.write(made, words, made.version_id, by=officer)
    return made
