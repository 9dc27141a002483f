"""Handing over a spreadsheet of past audits: it is read by the worker, and nothing is kept of it yet."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.cases.container import Unreadable, refuse_at_sight
from audit_app.cases.operations.jobs import instance, most_bytes
from audit_app.cases.operations.taking import put_aside, shown_name
from audit_app.cases.queries import authorities
from audit_app.organisation.model import Unit
from audit_app.past import queries
from audit_app.past.forms import PastFileForm
from audit_app.past.operations.jobs import READ
from audit_app.past.views import blueprint
from audit_app.web.guard import actor, requires
from audit_app.work import operations as work

runs = requires(Permission.RUN_ROUNDS)
FIRST_BYTES = 4096


def my_paths() -> tuple[str, ...]:
    """The roots at or below which the person may import past audits."""
    return actor().paths(Permission.RUN_ROUNDS)


def _offer(form: PastFileForm) -> list[Unit]:
    """Ask for the authority and the scale where there is a choice; where there is none, it is settled."""
    found = authorities(my_paths())
    scales = queries.scales()
    form.authority.choices = [SelectChoice(value=unit.id, label=unit.name) for unit in found]
    form.scale.choices = [
        SelectChoice(value=one.key, label=f"{one.name}: {', '.join(level.name for level in reversed(one.levels))}")
        for one in scales
    ]
    if len(found) == 1 and not form.authority.raw_data:
        form.authority.data = found[0].id
    if len(scales) == 1 and not form.scale.raw_data:
        form.scale.data = scales[0].key
    return found


def _asking(form: PastFileForm, found: list[Unit], code: int = 200) -> ResponseReturnValue:
    megabytes = most_bytes() // (1024 * 1024)
    return render_template("past/new.html", form=form, authorities=found, megabytes=megabytes), code


@blueprint.get("/past-audits/new")
@runs
def new() -> ResponseReturnValue:
    """The form that takes a spreadsheet of past audits."""
    form = PastFileForm(formdata=None)
    return _asking(form, _offer(form))


@blueprint.post("/past-audits/new")
@runs
def create() -> ResponseReturnValue:
    """Put the file aside for the worker, which reads it in a child process and deletes it."""
    form = PastFileForm()
    found = _offer(form)
    if not form.validate() or not _could_be_read(form):
        return _asking(form, found, 422)
    filename = shown_name(form.file.data.filename)
    given = {
        "upload": put_aside(form.file.data.stream, instance()),
        "filename": filename,
        "authority": form.authority.data,
        "scale": form.scale.data,
        "owner": actor().id,
    }
    job = work.ask(READ, given, title=f"Read “{filename}”", back=url_for("past.new"), owner=actor().id)
    return redirect(url_for("work.show", job_id=job.id))


def _could_be_read(form: PastFileForm) -> bool:
    """Whether the file looks like a spreadsheet at first sight: said at its field, before a worker is asked."""
    stream = form.file.data.stream
    first = stream.read(FIRST_BYTES)
    size = stream.seek(0, 2)
    stream.seek(0)
    try:
        refuse_at_sight(first, form.file.data.filename)
        if size > most_bytes():
            raise Unreadable(f"The file is larger than {most_bytes() // (1024 * 1024)} MB, the most we read.")
    except Unreadable as problem:
        form.file.errors = [problem.reason]
    return not form.file.errors
