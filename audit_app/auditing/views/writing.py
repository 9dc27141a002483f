"""The pages on which an audit is written and handed in."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.auditing import family, operations, queries
from audit_app.auditing.contributing import agencies_missing, answered_by_agency
from audit_app.auditing.drafts import MOST_CONCERNS, Draft, concerns_of, gaps, limits_met, section_gaps, state_of
from audit_app.auditing.earlier import listed_in, with_listed
from audit_app.auditing.forms import HandInForm, SectionForm, section_form
from audit_app.auditing.model import Answer, Audit, Contribution
from audit_app.auditing.rules import refusal_to_hand_in, refusal_to_write
from audit_app.auditing.views import blueprint
from audit_app.auditing.views.asking import states_of
from audit_app.auditing.visibility import Sight
from audit_app.cases.sensitive import warnings_in
from audit_app.frameworks.content import Section
from audit_app.refusal import Refused, Stale
from audit_app.web.errors import wants_json
from audit_app.web.guard import actor, requires

writes = requires(Permission.AUDIT)
TONES = {"complete": "good", "in progress": "attention", "not applicable": "quiet", "not started": "quiet"}


def _audit(audit_id: int, *, to_write: bool = False) -> Audit:
    """One's own audit; anybody else's is read elsewhere."""
    audit = queries.audit_or_404(audit_id, actor(), least=Sight.FULL, to_write=to_write)
    if audit.auditor_id != actor().id:
        abort(404)
    return audit


def _section(audit: Audit, key: str) -> Section:
    found = next((s for s in audit.tool.sections_for(audit.category) if s.key == key), None)
    if found is None:
        abort(404)
    return found


def menu(audit: Audit, drafts: dict[str, Draft], current: str = "") -> list[dict[str, object]]:
    """The tool's sections with the state of each."""
    entries = []
    for section in audit.tool.sections_for(audit.category):
        state = state_of(section, drafts.get(section.key))
        href = url_for("auditing.section", audit_id=audit.id, section=section.key)
        entries.append(
            {
                "text": section.name,
                "href": href,
                "state": state.capitalize(),
                "tone": TONES[state],
                "current": section.key == current,
            }
        )
    return entries


def sensitive(draft: Draft) -> list[tuple[str, str]]:
    """What in a draft's words looks like a name, a date of birth or a number that tells who somebody is."""
    return [(text[found.start : found.end], found.words) for text in draft.words for found in warnings_in(text)]


@blueprint.get("/audits/<int(max=2147483647):audit_id>/edit")
@writes
def edit(audit_id: int) -> ResponseReturnValue:
    """An audit being written: what is complete, what is missing, and handing it in."""
    audit = _audit(audit_id)
    refused = refusal_to_write(audit.facts, actor())
    if refused is not None:
        return redirect(url_for("auditing.show", audit_id=audit.id))
    drafts = queries.drafts_of(audit)
    missing = gaps(audit.tool, audit.category, drafts)
    alerts = queries.alerts_of(audit)
    untold = any(alert.told_at is None and alert.raised_by == actor().id for alert in alerts)
    contributions = [one for one in queries.contributions_of(audit) if one.withdrawn_at is None]
    return render_template(
        "auditing/edit.html",
        audit=audit,
        menu=menu(audit, drafts),
        missing=missing,
        limits=limits_met(audit.tool, drafts),
        alerts=alerts,
        refused=refusal_to_hand_in(audit.facts, actor(), len(missing), untold),
        contributions=contributions,
        absent=agencies_missing(audit.tool, audit.category, drafts, contributions),
        states=states_of(contributions),
        names={s.key: s.name for s in audit.tool.sections if sensitive(drafts.get(s.key, Draft()))},
    )


@blueprint.get("/audits/<int(max=2147483647):audit_id>/sections/<section>")
@writes
def section(audit_id: int, section: str) -> ResponseReturnValue:
    """One section, with what good looks like beside the grade."""
    audit = _audit(audit_id)
    if refusal_to_write(audit.facts, actor()) is not None:
        return redirect(url_for("auditing.show", audit_id=audit.id))
    asked = _section(audit, section)
    answers = queries.answers_of(audit)
    form = section_form(audit.tool, asked.key)(formdata=None)
    answer = answers.get(asked.key)
    if answer is not None:
        form.show(Draft.of(answer))
        form.version.data = answer.version_id
    elif asked.kind == "concerns":
        form.show(with_listed(Draft(), _listed(audit, asked, answers)))
    elif asked.agency:
        # What an agency has answered of its own record need not be asked of its auditor again.
        form.show(Draft(questions=answered_by_agency(queries.contributions_of(audit), asked.key)))
    return _page(audit, asked, form, answers)


def _listed(audit: Audit, asked: Section, answers: dict[str, Answer]) -> tuple[str, ...]:
    """The concerns of the earlier audit that a section asks about: as they were when it was first saved."""
    if asked.kind != "concerns" or audit.follows is None:
        return ()
    saved = answers.get(asked.key)
    return listed_in(saved.particulars) if saved else queries.concerns_left_by(audit.follows)


def _page(
    audit: Audit,
    asked: Section,
    form: SectionForm,
    answers: dict[str, Answer],
    code: int = 200,
    theirs: Draft | None = None,
) -> ResponseReturnValue:
    drafts = {key: Draft.of(answer) for key, answer in answers.items()}
    present = drafts.get(asked.key, Draft())
    page = render_template(
        "auditing/section.html",
        audit=audit,
        section=asked,
        form=form,
        menu=menu(audit, drafts, asked.key),
        number=[s.key for s in audit.tool.sections_for(audit.category)].index(asked.key) + 1,
        limits=limits_met(audit.tool, drafts) if asked.overall else (),
        missing=section_gaps(asked, drafts.get(asked.key)) if asked.key in drafts else (),
        warnings=sensitive(present),
        saved_at=answers[asked.key].saved_at if asked.key in answers else None,
        theirs=theirs,
        fixed=audit.first_handed_in_at is not None,
        alerts=queries.alerts_of(audit),
        contributed=contributed_to(audit, asked),
        most_concerns=MOST_CONCERNS,
        listed=_listed(audit, asked, answers),
    )
    return page, code


@blueprint.post("/audits/<int(max=2147483647):audit_id>/sections/<section>")
@writes
def section_save(audit_id: int, section: str) -> ResponseReturnValue:
    """Save one section, by button or by itself while somebody writes."""
    audit = _audit(audit_id, to_write=True)
    asked = _section(audit, section)
    form = section_form(audit.tool, asked.key)()
    if not form.validate():
        if wants_json():
            return {"reason": "This could not be saved as it stands. Save it with the button to see why."}, 422
        return _page(audit, asked, form, queries.answers_of(audit), 422)
    draft = with_listed(form.draft(asked), _listed(audit, asked, queries.answers_of(audit)))
    try:
        answer = operations.save(audit, asked.key, draft, form.version.data or 0, by=actor())
    except Stale:
        return _conflict(audit, asked, form)
    except Refused as refused:
        if wants_json():
            return {"reason": refused.refusal.reason}, 422
        form.form_errors.append(refused.refusal.reason)
        return _page(audit, asked, form, queries.answers_of(audit), 422)
    if wants_json():
        return {"saved_at": answer.saved_at.isoformat(), "version": answer.version_id}
    if sensitive(draft):
        return redirect(url_for("auditing.section", audit_id=audit.id, section=asked.key, _anchor="names"))
    return redirect(_after(audit, asked))


def contributed_to(audit: Audit, asked: Section) -> list[Contribution]:
    """What people of its agency wrote for a section, and who was asked and has not."""
    if not asked.agency:
        return []
    return [c for c in queries.contributions_of(audit) if c.agency == asked.agency and c.withdrawn_at is None]


def _after(audit: Audit, asked: Section) -> str:
    keys = [s.key for s in audit.tool.sections_for(audit.category)]
    place = keys.index(asked.key) + 1
    if place == len(keys):
        return url_for("auditing.edit", audit_id=audit.id)
    return url_for("auditing.section", audit_id=audit.id, section=keys[place])


def _conflict(audit: Audit, asked: Section, form: SectionForm) -> ResponseReturnValue:
    """Somebody (often oneself, in another tab) saved first: both versions are shown, neither is lost."""
    stored = queries.answers_of(audit)
    if wants_json():
        return {"reason": "This section was saved in another tab."}, 409
    answer = stored.get(asked.key)
    theirs = Draft.of(answer) if answer else None
    # Saving again from this page is a decision, made with both versions in sight.
    form.version.data = answer.version_id if answer else 0
    return _page(audit, asked, form, stored, 409, theirs)


@blueprint.get("/audits/<int(max=2147483647):audit_id>/hand-in")
@writes
def check(audit_id: int) -> ResponseReturnValue:
    """Everything once more, before it is handed in."""
    audit = _audit(audit_id)
    drafts = queries.drafts_of(audit)
    missing = gaps(audit.tool, audit.category, drafts)
    if missing or refusal_to_write(audit.facts, actor()) is not None:
        return redirect(url_for("auditing.edit", audit_id=audit.id))
    form = HandInForm(formdata=None, version=audit.version_id)
    return _check(audit, drafts, form)


def _check(audit: Audit, drafts: dict[str, Draft], form: HandInForm, code: int = 200) -> ResponseReturnValue:
    names = {s.key: s.name for s in audit.tool.sections if sensitive(drafts.get(s.key, Draft()))}
    absent = agencies_missing(audit.tool, audit.category, drafts, queries.contributions_of(audit))
    page = render_template(
        "auditing/check.html",
        audit=audit,
        drafts=drafts,
        form=form,
        names=names,
        absent=absent,
        concerns=concerns_of,
        told_of=family.told,
    )
    return page, code


@blueprint.post("/audits/<int(max=2147483647):audit_id>/hand-in")
@writes
def hand_in(audit_id: int) -> ResponseReturnValue:
    """Hand the audit in."""
    audit = _audit(audit_id, to_write=True)
    form = HandInForm()
    if not form.validate():
        return _check(audit, queries.drafts_of(audit), form, 422)
    try:
        operations.hand_in(
            audit,
            form.version.data or 0,
            by=actor(),
            without_because=form.without_because.data or "",
            moderate_because=form.asks_because,
        )
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _check(audit, queries.drafts_of(audit), form, 422)
    flash(f"Your audit of case {audit.case.reference} is handed in. You will see here what a moderator says.")
    return redirect(url_for("auditing.show", audit_id=audit.id))
