"""A board's whole pack: every paper of one of its meetings, made by a worker and kept as one file."""

from typing import Any

from audit_app.access.actor import Actor
from audit_app.clock import now
from audit_app.db import db, only_read
from audit_app.history.operations import record
from audit_app.packs import queries
from audit_app.packs.contents import about_text
from audit_app.packs.decided import highest, papers_table
from audit_app.packs.operations import Packed, keep
from audit_app.packs.parcel import Enclosed, parcel, safe_name
from audit_app.packs.queries.boards import BOARD, Shown, find_shown, papers_of
from audit_app.packs.rules import refusal_to_wait
from audit_app.refusal import Refusal, Refused, refuse_if
from audit_app.reporting.files import written
from audit_app.reporting.queries.imprint import council, receipt
from audit_app.reporting.sheet import csv_bytes
from audit_app.web.formats import day, plural
from audit_app.work.model import Job
from audit_app.work.operations import ask, carries_out
from audit_app.work.progress import Progress

GONE = "You may no longer take the pack of this meeting, so nothing was made."


def ask_for_meeting(shown: Shown, forms: tuple[str, ...], back: str, *, by: Actor) -> Job:
    """Ask for all papers of a meeting as one file; it is made beside the requests, and can be cancelled."""
    refuse_if(refusal_to_wait(waits=queries.being_made(by) is not None))
    found = shown.meeting
    asked = {"board_id": found.board_id, "meeting_id": found.id, "forms": list(forms)}
    job = ask(BOARD, asked, title=f"Pack the papers of {_title(found.board.name, shown)}", back=back, owner=by.id)
    record("pack.asked", subject=found.board.subject, body={"meeting": found.id}, by=by.id)
    return job


@carries_out(BOARD)
def pack_meeting(progress: Progress, *, board_id: int, meeting_id: int, forms: list[str]) -> dict[str, Any]:
    """Make every paper of a meeting that its owner may read, and keep them as one file."""
    only_read(True)  # nobody should wait for the writer's turn while papers are made
    owner = queries.reader(progress.owner)
    shown = find_shown(board_id, meeting_id, owner)
    if shown is None:
        raise Refused(Refusal(GONE))
    packed = _of_meeting(progress, shown, forms)
    db.session.rollback()
    only_read(False)
    pack = keep(packed, by=owner.id)
    return {"go_to": "packs.show", "with": {"pack_id": pack.id}, "said": "The pack is made."}


def _of_meeting(progress: Progress, shown: Shown, forms: list[str]) -> Packed:
    papers, enclosed = papers_of(shown), list[Enclosed]()
    for number, (name, paper) in enumerate(papers):
        progress.step(number, len(papers), "papers")
        enclosed += [Enclosed(f"{name}.{form}", written(paper, form)) for form in forms]
    progress.step(len(papers), len(papers), "papers")
    meeting = shown.meeting
    title = _title(meeting.board.name, shown)
    said = about_text(
        title,
        plural(len(papers), "paper"),
        shown.left_out,
        now(),
        council(),
        receipt(),
        marking=highest([paper for _, paper in papers]),
        of_audits=False,
    )
    listed = csv_bytes(papers_table(papers, forms))
    enclosed = [Enclosed("about.txt", said.encode()), Enclosed("contents.csv", listed), *enclosed]
    return Packed(
        title=f"Papers of {title}",
        filename=f"papers-{safe_name(meeting.board.name).lower()}-{meeting.held_on:%Y-%m-%d}.zip",
        about=meeting.board.subject,
        content=parcel(enclosed),
        names=tuple(one.name for one in enclosed),
        left_out=shown.left_out,
        counted=shown.counted,
    )


def _title(board: str, shown: Shown) -> str:
    return f"{board}, meeting of {day(shown.meeting.held_on)}"
