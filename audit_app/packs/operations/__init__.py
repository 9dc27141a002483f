"""What is done with packs: asked for, made by a worker, kept for a few days, taken away, erased."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from audit_app.auditing.model import Audit
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.packs.model import Pack
from audit_app.packs.rules import KEPT_HOURS
from audit_app.work.operations import periodic


@dataclass(frozen=True, slots=True)
class Packed:
    """What a worker packed: the file, of what it is, and what is in it and what is not."""

    title: str
    filename: str
    about: str
    content: bytes
    names: tuple[str, ...]
    audit_ids: tuple[int, ...] = ()
    left_out: tuple[str, ...] = ()
    counted: tuple[int, ...] = ()


def keep(packed: Packed, *, by: int) -> Pack:
    """Keep a pack for whoever asked for it."""
    made_at = now()
    made = Pack(
        owner_id=by,
        title=packed.title,
        filename=packed.filename,
        about=packed.about,
        audit_ids=list(packed.audit_ids),
        names=list(packed.names),
        left_out=list(packed.left_out),
        counted=list(packed.counted),
        content=packed.content,
        size=len(packed.content),
        sha256=hashlib.sha256(packed.content).hexdigest(),
        made_at=made_at,
        expires_at=made_at + dt.timedelta(hours=KEPT_HOURS),
    )
    db.session.add(made)
    db.session.flush()
    body = {"of": packed.about, "audits": len(packed.audit_ids), "files": len(packed.names), "sha256": made.sha256}
    record("pack.made", subject=made.subject, body=body, by=by)
    return made


def note_taken(pack: Pack, *, by: int) -> None:
    """That somebody took a pack away: it stands in the history of each audit in it too."""
    record("pack.downloaded", subject=pack.subject, body={"of": pack.about}, by=by)
    for audit_id in pack.audit_ids:
        record("audit.downloaded", subject=f"audit:{audit_id}", body={"form": f"in pack {pack.id}"}, by=by)


def note_evidence_taken(audit: Audit, form: str, *, by: int) -> None:
    """That somebody took the evidence of an audit away, or opened it to print."""
    record("audit.downloaded", subject=audit.subject, body={"form": f"evidence, {form}"}, by=by)


def note_round_evidence_taken(round_id: int, audit_ids: Sequence[int], form: str, *, by: int) -> None:
    """That somebody took the evidence of a round away; of every audit in it they know what it tells."""
    record("evidence.downloaded", subject=f"round:{round_id}", body={"form": form, "audits": len(audit_ids)}, by=by)
    for audit_id in audit_ids:
        record("audit.opened", subject=f"audit:{audit_id}", body={"evidence": round_id}, by=by)


def erase(pack: Pack, because: str, *, by: int | None) -> None:
    """Erase a pack: nothing of the file is kept."""
    record("pack.erased", subject=pack.subject, body={"because": because}, by=by)
    db.session.delete(pack)
    db.session.flush()


@periodic("packs.sweep", minutes=60)
def sweep() -> None:
    """Erase the packs whose time is over."""
    for pack in db.session.scalars(select(Pack).where(Pack.expires_at <= now()).order_by(Pack.id)):
        erase(pack, "its time was over", by=None)
