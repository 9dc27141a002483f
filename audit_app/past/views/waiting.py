"""A spreadsheet that waits for a yes: what its columns hold, what its words mean, what would become of it."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.cases.codes import folded
from audit_app.cases.forms import LONGEST_NAME, NOT_USED, ColumnFields, meaning_form
from audit_app.cases.mapping import Mapping, faults_of
from audit_app.cases.packing import unpack_json
from audit_app.cases.queries import units_for_cases
from audit_app.cases.sheet import problems_csv
from audit_app.cases.ways import Way
from audit_app.organisation.forms import unit_choices
from audit_app.past import operations, queries
from audit_app.past.columns import PAST
from audit_app.past.forms import NO_GRADE, UNDECIDED, EmptyForm, VersionForm, field_of, words_form
from audit_app.past.model import StagedPast
from audit_app.past.views import blueprint
from audit_app.past.views.reading import my_paths, runs
from audit_app.refusal import Refused, Stale
from audit_app.web.formats import plural
from audit_app.web.forms import Form
from audit_app.web.guard import actor

WAITING = "/past-audits/waiting/<int(max=2147483647):waiting_id>"
SHEET = WAITING + "/columns/<int(max=2147483647):place>"
MOST_WORDS = 60  # more than anybody explains on one page; the rest comes after


def waiting_or_404(waiting_id: int, *, to_write: bool = False) -> StagedPast:
    """A staged file of the person's own; anybody else's does not exist."""
    found = queries.find_staged(waiting_id, actor().id, my_paths(), to_write=to_write)
    if found is None:
        abort(404)
    return found


@blueprint.get(WAITING)
@runs
def waiting(waiting_id: int) -> ResponseReturnValue:
    """What would become of a file if it were imported; nothing of it is stored as an audit yet."""
    one = waiting_or_404(waiting_id)
    if one.preview is None:
        return redirect(url_for("past.meaning", waiting_id=one.id))
    return _preview(one)


def _preview(one: StagedPast, code: int = 200, said: str = "") -> ResponseReturnValue:
    page = render_template(
        "past/waiting.html",
        one=one,
        shown=one.preview,
        way=one.way,
        form=VersionForm(formdata=None, version=one.version_id),
        said=said,
    )
    return page, code


@blueprint.get(WAITING + "/columns")
@runs
def meaning(waiting_id: int) -> ResponseReturnValue:
    """Which sheet of a workbook holds the audits; where there is one, what its columns hold."""
    one = waiting_or_404(waiting_id)
    if len(one.tables) == 1:
        return redirect(url_for("past.sheet", waiting_id=one.id, place=0))
    return render_template("past/sheets.html", one=one)


def _table(one: StagedPast, place: int) -> dict[str, Any]:
    if not 0 <= place < len(one.tables):
        abort(404)
    return one.tables[place]


@blueprint.get(SHEET)
@runs
def sheet(waiting_id: int, place: int) -> ResponseReturnValue:
    """Each column of a sheet with examples of its values, and a choice of what it may hold."""
    one = waiting_or_404(waiting_id)
    table = _table(one, place)
    name = (one.way or {}).get("name") or one.filename.rpartition(".")[0][:LONGEST_NAME] or "Past audits"
    form = meaning_form(table["columns"], PAST)(formdata=None, version=one.version_id, called=name)
    said = {folded(head): of for head, of in (one.way["mapping"]["columns"] if one.way else {}).items()}
    for at, column in enumerate(table["columns"]):
        holds = ColumnFields.of(at).holds
        if holds in form:
            form[holds].data = said.get(folded(column["heading"]), NOT_USED) if said else column["guess"]
    return _columns_page(one, place, form)


def _columns_page(one: StagedPast, place: int, form: Form, code: int = 200, said: str = "") -> ResponseReturnValue:
    table = _table(one, place)
    columns = [
        {**column, "holds": form[name] if (name := ColumnFields.of(at).holds) in form else None}
        for at, column in enumerate(table["columns"])
    ]
    page = render_template(
        "past/meaning.html", one=one, place=place, table=table, form=form, columns=columns, said=said
    )
    return page, code


@blueprint.post(SHEET)
@runs
def read(waiting_id: int, place: int) -> ResponseReturnValue:
    """Remember what the columns hold, and read the file by it."""
    one = waiting_or_404(waiting_id, to_write=True)
    table = _table(one, place)
    form = meaning_form(table["columns"], PAST)()
    fine = form.validate()
    held = [
        (column["heading"], form[name].data)
        for at, column in enumerate(table["columns"])
        if (name := ColumnFields.of(at).holds) in form and form[name].data not in (NOT_USED, None)
    ]
    mapping = Mapping(tuple(held))
    faults = faults_of(mapping, {column["heading"]: column["kind"] for column in table["columns"]}, PAST)
    if not fine or faults:
        form.form_errors.extend(faults)
        return _columns_page(one, place, form, 422)
    headings = [column["heading"] for column in table["columns"]]
    way = Way(table["sheet"], mapping, form.called.data)
    try:
        operations.read_by(one, way, headings, form.version.data, by=actor().id)
    except Stale as stale:
        form.version.data = one.version_id
        return _columns_page(one, place, form, 409, str(stale))
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _columns_page(one, place, form, 422)
    return redirect(url_for("past.waiting", waiting_id=one.id))


def _asked(one: StagedPast) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """The words that are not the scale's own, those unknown first, and unknown team names; with how often each is."""
    shown = one.preview or {"words": [], "unknown_words": [], "unknown_teams": []}
    unknown = [word for word, _ in shown["unknown_words"]]
    words = sorted(shown["words"], key=lambda pair: pair[0] not in unknown)
    return words[:MOST_WORDS], shown["unknown_teams"][:MOST_WORDS]


def _words_form(one: StagedPast) -> type[Form]:
    units = units_for_cases(one.authority)
    choices = unit_choices(units)
    words, teams = _asked(one)
    said = queries.remembered_words(one.authority_id, one.scale.key)
    return words_form((word for word, _ in words), (label for label, _ in teams), one.scale, choices, said)


@blueprint.get(WAITING + "/words")
@runs
def words(waiting_id: int) -> ResponseReturnValue:
    """What each word for a grade means, and which unit each team name: asked once, and remembered."""
    one = waiting_or_404(waiting_id)
    if one.preview is None:
        return redirect(url_for("past.meaning", waiting_id=one.id))
    return _words_page(one, _words_form(one)(formdata=None, version=one.version_id))


def _words_page(one: StagedPast, form: Form, code: int = 200, said: str = "") -> ResponseReturnValue:
    unknown, teams = _asked(one)
    page = render_template(
        "past/words.html",
        one=one,
        form=form,
        words=[(word, count, form[field_of("word", word)]) for word, count in unknown],
        teams=[(label, count, form[field_of("team", label)]) for label, count in teams],
        said=said,
    )
    return page, code


@blueprint.post(WAITING + "/words")
@runs
def explain(waiting_id: int) -> ResponseReturnValue:
    """Remember what the words mean, and read the file again by them."""
    one = waiting_or_404(waiting_id, to_write=True)
    form = _words_form(one)()
    if not form.validate():
        return _words_page(one, form, 422)
    unknown, labels = _asked(one)
    given = {word: form[field_of("word", word)].data for word, _ in unknown}
    levels = {word: None if of == NO_GRADE else of for word, of in given.items() if of != UNDECIDED}
    by_id = {unit.id: unit for unit in units_for_cases(one.authority)}
    chosen = {label: form[field_of("team", label)].data for label, _ in labels}
    teams = {label: by_id[unit_id] for label, unit_id in chosen.items() if unit_id in by_id}
    try:
        operations.explain(one, levels, teams, form.version.data, by=actor().id)
    except Stale as stale:
        form.version.data = one.version_id
        return _words_page(one, form, 409, str(stale))
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _words_page(one, form, 422)
    return redirect(url_for("past.waiting", waiting_id=one.id))


@blueprint.get(WAITING + "/problems.csv")
@runs
def problems(waiting_id: int) -> ResponseReturnValue:
    """Every row that would be refused, as a file to work through beside the spreadsheet."""
    one = waiting_or_404(waiting_id)
    answer = Response(problems_csv(unpack_json(one.details) if one.details else []), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename="rows-with-problems.csv")
    return answer


@blueprint.post(WAITING + "/import")
@runs
def confirm(waiting_id: int) -> ResponseReturnValue:
    """Say yes to a preview: all of it is imported, or nothing."""
    one = waiting_or_404(waiting_id, to_write=True)
    form = VersionForm()
    if one.preview is None or not form.validate():
        abort(400)
    try:
        kept, is_new = operations.confirm(one, form.version.data, by=actor().id)
    except Stale as stale:
        return _preview(one, 409, str(stale))
    except Refused as refused:
        return _preview(one, 422, refused.refusal.reason)
    if kept is None:
        flash("Something changed since you looked, so nothing was imported yet. This is how it stands now.")
        return redirect(url_for("past.waiting", waiting_id=one.id))
    said = (
        f"{plural(kept.rows, 'past audit')} imported." if is_new else "This file was imported before. Nothing changed."
    )
    flash(said)
    return redirect(url_for("past.show", import_id=kept.id))


@blueprint.post(WAITING + "/cancel")
@runs
def cancel(waiting_id: int) -> ResponseReturnValue:
    """Say no to a preview: what was read is erased."""
    one = waiting_or_404(waiting_id, to_write=True)
    if not EmptyForm().validate():
        abort(400)
    operations.erase(one)
    flash(f"“{one.filename}” was not imported, and nothing of it is kept.")
    return redirect(url_for("past.index"))
