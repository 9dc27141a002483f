"""The list of briefings, a published briefing to read, and the pages on which one is begun and written."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.learning import operations, queries
from audit_app.learning.briefing import HEADINGS, Words
from audit_app.learning.forms import BriefingForm, WordsForm
from audit_app.learning.identifying import Telling, telling_in
from audit_app.learning.model import Briefing
from audit_app.learning.rules import READS_BRIEFINGS
from audit_app.learning.thresholds import thresholds
from audit_app.learning.views import blueprint
from audit_app.measures import queries as measures
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import tree
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)
reads = requires(*READS_BRIEFINGS)
ONE = "/learning/briefings/<int(max=2147483647):briefing_id>"
PUBLISHED = "/learning/briefings/published/<int(max=2147483647):published_id>"
Told = list[tuple[str, str, Sequence[Telling]]]


def told(words: Words, unit: Unit) -> Told:
    """What in an officer's words could tell who somebody is: field, heading and places."""
    texts = {name: getattr(words, name) for name, _ in HEADINGS}
    known = queries.known_in(texts.values(), unit)
    found = [(name, heading, telling_in(texts[name], known)) for name, heading in HEADINGS]
    return [one for one in found if one[2]]


@blueprint.get("/learning/briefings")
@reads
def briefings() -> ResponseReturnValue:
    """The briefings that are for somebody, and those that they write."""
    who = actor()
    return render_template(
        "learning/briefings.html",
        published=queries.briefings_open_to(who),
        written=queries.briefings_run_by(who) if who.may(Permission.RUN_ROUNDS) else None,
    )


@blueprint.get(PUBLISHED)
@reads
def briefing(published_id: int) -> ResponseReturnValue:
    """One published briefing."""
    published = queries.published_or_404(published_id, actor())
    return render_template(
        "learning/briefing.html",
        published=published,
        contents=published.contents,
        closed=queries.is_closed_to(published, actor()),
        writes=actor().reaches(Permission.RUN_ROUNDS, published.briefing.unit.path),
    )


def _offer(form: BriefingForm) -> dict[int, Unit]:
    units = [unit for unit in tree(actor().paths(Permission.RUN_ROUNDS)) if unit.active]
    form.offer(units, measures.offered(queries.reader_of(actor())).months)
    return {unit.id: unit for unit in units}


def _beginning(form: BriefingForm, code: int = 200) -> ResponseReturnValue:
    return render_template("learning/new.html", form=form, asked=thresholds()), code


@blueprint.get("/learning/briefings/new")
@runs
def new() -> ResponseReturnValue:
    """The form for a new briefing."""
    form = BriefingForm(formdata=None)
    _offer(form)
    return _beginning(form)


@blueprint.post("/learning/briefings/new")
@runs
def create() -> ResponseReturnValue:
    """Begin a briefing."""
    form = BriefingForm()
    units = _offer(form)
    if form.validate():
        try:
            made = operations.begin(units[form.unit.data], *form.months, by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"The briefing for {made.unit.name}, {made.period}, is begun. Nobody else sees it until you publish.")
            return redirect(url_for("learning.edit", briefing_id=made.id))
    return _beginning(form, 422)


def _writing(briefing: Briefing, form: WordsForm, code: int = 200, **more: object) -> ResponseReturnValue:
    page = render_template(
        "learning/write.html",
        briefing=briefing,
        form=form,
        headings=HEADINGS,
        told=told(form.words, briefing.unit),
        contents=queries.material_of(briefing, actor()).contents,
        **more,
    )
    return page, code


@blueprint.get(ONE + "/write")
@runs
def edit(briefing_id: int) -> ResponseReturnValue:
    """The words of a briefing, to write."""
    briefing = queries.briefing_or_404(briefing_id, actor())
    form = WordsForm(formdata=None)
    form.show(briefing.words, briefing.version_id)
    return _writing(briefing, form)


@blueprint.post(ONE + "/write")
@runs
def update(briefing_id: int) -> ResponseReturnValue:
    """Keep what was written; where it could tell of somebody the page shows it again, saved."""
    briefing = queries.briefing_or_404(briefing_id, actor(), to_write=True)
    form = WordsForm()
    if not form.validate():
        return _writing(briefing, form, 422)
    try:
        operations.write(briefing, form.words, form.version.data or 0, by=actor().id)
    except Stale:
        # Saving again from this page is a decision, made with both versions in sight.
        form.version.data = briefing.version_id
        return _writing(briefing, form, 409, stored=briefing.words)
    flash("The briefing is saved.")
    if told(briefing.words, briefing.unit):
        return redirect(url_for("learning.edit", briefing_id=briefing.id, _anchor="names"))
    return redirect(url_for("learning.publishing", briefing_id=briefing.id))
