"""What people of the demonstration were told of outcomes and briefings, on the days of the story."""

import datetime as dt

from sqlalchemy import delete, select

from audit_app.db import db
from audit_app.demonstration.dates import working_days_before
from audit_app.feedback.model import OutcomeReply
from audit_app.notices.kinds import Kind
from audit_app.notices.model import Notice
from audit_app.notices.operations.hearing_boards import ask_for_updates

READ_AFTER = dt.timedelta(days=1)
STILL_NEW = dt.timedelta(days=10)  # what came in these days was not opened yet


def date_news(today: dt.date) -> None:
    """Give what was told the day of its story, let what is older be read, and ask for what a board wants now."""
    replies = {one.id: one for one in db.session.execute(select(OutcomeReply)).scalars()}
    fresh = today - STILL_NEW
    for notice in db.session.execute(select(Notice).where(Notice.release_id.is_not(None))).scalars():
        if notice.of is Kind.OUTCOME_REPLIED:
            notice.made_at = replies[int(notice.key.rpartition(":")[2])].at
        elif notice.release is not None:
            notice.made_at = notice.release.released_at
        _read(notice, fresh)
    for notice in db.session.execute(select(Notice).where(Notice.briefing_id.is_not(None))).scalars():
        if notice.briefing is not None:
            notice.made_at = notice.briefing.published_at
        _read(notice, fresh)
    _in_order()
    ask_for_updates(working_days_before(today + dt.timedelta(days=1), 1))


def _in_order() -> None:
    """Keep what was told once more, in the order of its days: messages stand in the order in which they were kept."""
    told = list(db.session.execute(select(Notice).order_by(Notice.made_at, Notice.id)).scalars())
    names = [column.name for column in Notice.__mapper__.columns if column.name != "id"]
    again = [{name: getattr(one, name) for name in names} for one in told]
    for one in told:
        db.session.expunge(one)
    db.session.execute(delete(Notice))
    db.session.add_all(Notice(**values) for values in again)
    db.session.flush()


def _read(notice: Notice, fresh: dt.date) -> None:
    if notice.ended_at is not None:
        notice.ended_at = notice.made_at + READ_AFTER
    elif notice.made_at.date() < fresh:
        notice.read_at = notice.made_at + READ_AFTER
