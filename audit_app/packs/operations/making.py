"""The long work of packs: every audit of a round as a paper, one after another, then all of them kept at once."""

from typing import Any

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit
from audit_app.clock import now
from audit_app.db import db, only_read
from audit_app.history.operations import record
from audit_app.packs import queries
from audit_app.packs.contents import Listed, about_text, contents_table
from audit_app.packs.operations import Packed, keep
from audit_app.packs.parcel import Enclosed, parcel, safe_name
from audit_app.packs.rules import refusal_to_ask
from audit_app.refusal import Refusal, Refused, refuse_if
from audit_app.reporting.contents.audit import audit_paper
from audit_app.reporting.files import written
from audit_app.reporting.queries.audits import material_of
from audit_app.reporting.queries.imprint import council, receipt
from audit_app.reporting.queries.looks import in_own_colours
from audit_app.reporting.sheet import csv_bytes
from audit_app.reporting.standing import key_of, with_standing_words
from audit_app.web.formats import month, plural
from audit_app.wording.queries import words_of
from audit_app.work.model import Job
from audit_app.work.operations import ask, carries_out
from audit_app.work.progress import Progress

GONE = "You may no longer take packs of this round, so nothing was made."


def ask_for_round(holding: queries.Holding, forms: tuple[str, ...], back: str, *, by: Actor) -> Job:
    """Ask for the audits of a round as one file; it is made beside the requests, and can be cancelled."""
    refuse_if(refusal_to_ask(len(holding.audits), waits=queries.being_made(by) is not None))
    found = holding.round
    title = f"Pack the audits of {found.programme.name}, {month(found.month)}"
    job = ask(queries.ROUND, {"round_id": found.id, "forms": list(forms)}, title=title, back=back, owner=by.id)
    record("pack.asked", subject=f"round:{found.id}", body={"audits": len(holding.audits)}, by=by.id)
    return job


@carries_out(queries.ROUND)
def pack_round(progress: Progress, *, round_id: int, forms: list[str]) -> dict[str, Any]:
    """Make every audit of a round that its owner may read into papers, and keep them as one file."""
    only_read(True)  # nobody should wait for the writer's turn while papers are made
    owner = queries.reader(progress.owner)
    packed = _of_round(progress, round_id, forms, owner)
    db.session.rollback()
    only_read(False)
    pack = keep(packed, by=owner.id)
    return {"go_to": "packs.show", "with": {"pack_id": pack.id}, "said": "The pack is made."}


def _of_round(progress: Progress, round_id: int, forms: list[str], owner: Actor) -> Packed:
    found = queries.find_round(round_id, owner)
    if found is None:
        raise Refused(Refusal(GONE))
    holding = queries.holding_of(found, owner)
    refuse_if(refusal_to_ask(len(holding.audits), waits=False))
    produced_at, as_of, standing = now(), receipt(), words_of(key_of("audit"))
    enclosed: list[Enclosed] = []
    total = len(holding.audits)
    for number, audit in enumerate(holding.audits):
        progress.step(number, total, "audits")
        paper = audit_paper(material_of(audit, owner), council=council(), produced_at=produced_at, receipt=as_of)
        paper = in_own_colours(with_standing_words(paper, standing), audit.unit_id)
        enclosed += [Enclosed(f"{name_of(audit)}.{form}", written(paper, form)) for form in forms]
    progress.step(total, total, "audits")
    title = f"{found.programme.name}, {month(found.month)}"
    listed = contents_table([_listed(one) for one in holding.audits], forms)
    said = about_text(title, plural(total, "audit"), holding.left_out, produced_at, council(), as_of)
    enclosed = [Enclosed("about.txt", said.encode()), Enclosed("contents.csv", csv_bytes(listed)), *enclosed]
    return Packed(
        title=f"Audits of {title}",
        filename=f"audits-{safe_name(found.programme.name).lower()}-{found.month:%Y-%m}.zip",
        about=f"round:{found.id}",
        content=parcel(enclosed),
        names=tuple(one.name for one in enclosed),
        audit_ids=tuple(one.id for one in holding.audits),
        left_out=holding.left_out,
    )


def name_of(audit: Audit) -> str:
    """What an audit's file is called: its case, and its number, since a case's reference may hold anything."""
    return f"audit-{safe_name(audit.case.reference)}-{audit.id}"


def _listed(audit: Audit) -> Listed:
    handed_in = audit.first_handed_in_at
    return Listed(name_of(audit), audit.case.reference, audit.unit.name, audit.auditor.name, audit.at.words, handed_in)
