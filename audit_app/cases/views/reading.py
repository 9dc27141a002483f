"""Handing over a file with a case list: it is read by the worker, and nothing is kept of it yet."""

from datetime import timedelta

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.cases import queries
from audit_app.cases.container import Unreadable, refuse_at_sight
from audit_app.cases.forms import CaseListForm
from audit_app.cases.operations.jobs import READ, instance
from audit_app.cases.operations.taking import put_aside, shown_name
from audit_app.cases.views import blueprint
from audit_app.cases.views.doorway import my_paths, runs
from audit_app.clock import today
from audit_app.organisation.model import Unit
from audit_app.web.guard import actor
from audit_app.work import operations as work

OLDEST = timedelta(days=5 * 366)
FIRST_BYTES = 4096


def _most_megabytes() -> int:
    megabytes: int = current_app.extensions["settings"].upload_megabytes
    return megabytes


def _offer(form: CaseListForm) -> list[Unit]:
    """Ask for the authority where there is a choice; where there is none, it is settled."""
    found = queries.authorities(my_paths())
    form.authority.choices = [SelectChoice(value=unit.id, label=unit.name) for unit in found]
    if len(found) == 1 and not form.authority.raw_data:
        form.authority.data = found[0].id
    return found


def _asking(form: CaseListForm, found: list[Unit], code: int = 200) -> ResponseReturnValue:
    page = render_template("cases/new.html", form=form, authorities=found, megabytes=_most_megabytes())
    return page, code


@blueprint.get("/case-lists/new")
@runs
def new() -> ResponseReturnValue:
    """The form that takes a case list."""
    form = CaseListForm(formdata=None, taken_on=today())
    return _asking(form, _offer(form))


@blueprint.post("/case-lists/new")
@runs
def create() -> ResponseReturnValue:
    """Put the file aside for the worker, which reads it in a child process and deletes it."""
    form = CaseListForm()
    found = _offer(form)
    if not form.validate() or not _has_come(form) or not _could_be_a_list(form):
        return _asking(form, found, 422)
    filename = shown_name(form.file.data.filename)
    given = {
        "upload": put_aside(form.file.data.stream, instance()),
        "filename": filename,
        "taken_on": form.taken_on.data.isoformat(),
        "authority": form.authority.data,
        "owner": actor().id,
    }
    job = work.ask(READ, given, title=f"Read “{filename}”", back=url_for("cases.new"), owner=actor().id)
    return redirect(url_for("work.show", job_id=job.id))


def _has_come(form: CaseListForm) -> bool:
    """Whether the day that the list was taken can be right."""
    if form.taken_on.data > today():
        form.taken_on.errors = ["The day that the list was taken must be today or in the past"]
    elif form.taken_on.data < today() - OLDEST:
        form.taken_on.errors = ["The day that the list was taken must be within the last five years"]
    return not form.taken_on.errors


def _could_be_a_list(form: CaseListForm) -> bool:
    """Whether the file looks like a list at first sight: said at its field, before a worker is asked."""
    stream, first = form.file.data.stream, b""
    first = stream.read(FIRST_BYTES)
    size = stream.seek(0, 2)
    stream.seek(0)
    most = _most_megabytes()
    try:
        refuse_at_sight(first, form.file.data.filename)
        if size > most * 1024 * 1024:
            raise Unreadable(f"The file is larger than {most} MB, the most we read.")
    except Unreadable as problem:
        form.file.errors = [problem.reason]
    return not form.file.errors
