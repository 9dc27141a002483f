"""The pages of themes: choosing those of one audit, what comes up across audits, and the audits behind one."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import audit_or_404, drafts_of
from audit_app.auditing.visibility import Sight
from audit_app.feedback import operations, queries
from audit_app.feedback.forms import GatheredForm, ThemesForm
from audit_app.feedback.queries.themes import behind as audits_behind
from audit_app.feedback.queries.themes import months
from audit_app.feedback.rules import refusal_to_code
from audit_app.feedback.themes import VOICES, themes
from audit_app.feedback.views import blueprint
from audit_app.organisation.queries import tree
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor, requires

codes = requires(Permission.AUDIT, Permission.RUN_ROUNDS)
gathers = requires(Permission.READ_AUDITS)
TELLING = ("feedback", "reflection", "learning")
AUDIT = "/audits/<int(max=2147483647):audit_id>/themes"


@blueprint.get(AUDIT)
@codes
def coding(audit_id: int) -> ResponseReturnValue:
    """The form on which the themes of an audit are chosen."""
    audit = audit_or_404(audit_id, actor(), least=Sight.FULL)
    kept = queries.coding_of(audit.id)
    chosen = kept.codes if kept else {}
    return _coding(audit, ThemesForm(formdata=None, version=kept.version_id if kept else 0, **chosen))


def _coding(audit: Audit, form: ThemesForm, code: int = 200, *, changed: bool = False) -> ResponseReturnValue:
    kept, drafts = queries.coding_of(audit.id), drafts_of(audit)
    form.offer(kept.codes if kept else {})
    names = {one.key: one.name for one in themes()}
    page = render_template(
        "feedback/coding.html",
        audit=audit,
        form=form,
        refused=refusal_to_code(audit.facts, actor()),
        changed=changed,
        hints={one.key: one.hint for one in themes()},
        said=[(one, drafts[one.key]) for one in audit.tool.sections if one.kind in TELLING and one.key in drafts],
        now=[(words, [names.get(key, key) for key in kept.codes[voice]]) for voice, words in VOICES.items()]
        if changed and kept
        else [],
    )
    return page, code


@blueprint.post(AUDIT)
@codes
def code(audit_id: int) -> ResponseReturnValue:
    """Keep the themes of an audit."""
    audit, form = audit_or_404(audit_id, actor(), least=Sight.FULL, to_write=True), ThemesForm()
    kept = queries.coding_of(audit.id)
    form.offer(kept.codes if kept else {})
    if not form.validate():
        return _coding(audit, form, 422)
    try:
        operations.code(audit, form.codes, form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _coding(audit, form, 422)
    except Stale:
        form.version.data = kept.version_id if kept else 0
        return _coding(audit, form, 409, changed=True)
    flash("The themes are kept.")
    return redirect(url_for("auditing.show", audit_id=audit.id))


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for: the form, and the audits that it chooses."""

    form: GatheredForm
    audits: Select[int]

    def href(self, endpoint: str, /, **values: Any) -> str:
        """An address that keeps what was chosen."""
        return url_for(endpoint, **(self.form.chosen | values))

    @property
    def applied(self) -> list[dict[str, object]]:
        """The chosen filters as tags, each with the address without it."""
        found: list[dict[str, object]] = []
        for field in self.form:
            if field.data:
                words = next(choice.label for choice in field.choices if choice.value == field.data).strip()
                tag = {"text": words, "href": self.href("feedback.gathered", **{field.name: None})}
                found.append({"heading": field.label.text, "items": [tag]})
        return found


def _asked() -> Asked:
    who = actor()
    units = tree(who.paths(Permission.READ_AUDITS))
    form = GatheredForm(request.args)
    form.offer(months(who), units)
    path = next((unit.path for unit in units if str(unit.id) == form.unit.data), "")
    first, last = _month(form.first.data), _month(form.last.data)
    return Asked(form, queries.audits_heard(who, first, last, path))


def _month(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@blueprint.get("/themes")
@gathers
def gathered() -> ResponseReturnValue:
    """What comes up across audits and feedback, by period and unit, with how often."""
    asked = _asked()
    every, coded, fed = queries.heard_in(asked.audits)
    return render_template(
        "feedback/themes.html",
        asked=asked,
        form=asked.form,
        heard=queries.themes_heard(asked.audits),
        voices=VOICES,
        every=every,
        coded=coded,
        fed=fed,
    )


@blueprint.get("/themes/<theme>")
@gathers
def behind(theme: str) -> ResponseReturnValue:
    """The audits in which a theme came up: those that one may open, and how many more."""
    asked = _asked()
    found = next((one for one in queries.themes_heard(asked.audits) if one.theme.key == theme), None)
    if found is None:
        abort(404)
    audits = audits_behind(found.audits, actor())
    return render_template(
        "feedback/behind.html", asked=asked, found=found, audits=audits, more=len(found.audits) - len(audits)
    )
