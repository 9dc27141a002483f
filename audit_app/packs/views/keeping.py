"""One's own packs: the list, each of them, taking one away, erasing one."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.packs import operations, queries
from audit_app.packs.forms import ButtonForm
from audit_app.packs.rules import KEPT_HOURS
from audit_app.packs.views import blueprint
from audit_app.refusal import refuse_if
from audit_app.web.files import ZIP, file
from audit_app.web.guard import actor, records_reading, requires
from audit_app.web.transaction import keep

ONE = "/packs/<int(max=2147483647):pack_id>"
takes_packs = requires(Permission.TAKE_PACKS)
reads_reports = requires(Permission.READ_REPORTS)  # whoever reads a board's papers may take them together


@blueprint.get("/packs")
@reads_reports
def index() -> ResponseReturnValue:
    """One's own packs, and the one that is being made."""
    return render_template(
        "packs/index.html",
        packs=queries.packs_of(actor()),
        job=queries.being_made(actor()),
        days=KEPT_HOURS // 24,
    )


@blueprint.get(ONE)
@reads_reports
def show(pack_id: int) -> ResponseReturnValue:
    """One pack: what is in it, until when it is kept, and whether it may still be opened."""
    pack = queries.pack_or_404(pack_id, actor())
    refused = queries.refused_to_open(pack, actor())
    return render_template("packs/show.html", pack=pack, refused=refused)


@blueprint.get(f"{ONE}.zip")
@reads_reports
@records_reading
def download(pack_id: int) -> ResponseReturnValue:
    """Take a pack away, if all of it is still open to whoever asked for it."""
    pack = queries.pack_or_404(pack_id, actor())
    refuse_if(queries.refused_to_open(pack, actor()))
    content, name = pack.content, pack.filename
    operations.note_taken(pack, by=actor().id)
    keep()
    return file(content, ZIP, name)


@blueprint.post(f"{ONE}/erase")
@reads_reports
def erase(pack_id: int) -> ResponseReturnValue:
    """Erase a pack before its time is over."""
    pack = queries.pack_or_404(pack_id, actor())
    if not ButtonForm().validate():
        abort(400)
    operations.erase(pack, "whoever asked for it has done with it", by=actor().id)
    flash("The pack is erased.")
    return redirect(url_for("packs.index"))
