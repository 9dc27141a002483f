"""The pages of wording: the list of pieces, and each with its words, a preview and its versions."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor, requires
from audit_app.wording import operations, queries
from audit_app.wording.forms import WordingForm, form_of
from audit_app.wording.pieces import Piece, by_group

blueprint = Blueprint("wording", __name__)
ONE = "/wording/<piece>"
edits_wording = requires(Permission.EDIT_WORDING)


@blueprint.get("/wording")
@edits_wording
def index() -> ResponseReturnValue:
    """Every piece of wording, and which are the council's own."""
    return render_template("wording/index.html", groups=by_group(queries.offered().values()), latest=queries.latest())


def _page(piece: Piece, form: WordingForm, code: int = 200, *, stale: bool = False) -> ResponseReturnValue:
    editions = queries.editions_of(piece.key)
    fine = not form.errors
    page = render_template(
        "wording/edit.html",
        piece=piece,
        form=form,
        shown=piece.look(form.words) if fine else (),
        editions=editions,
        in_use=queries.words_of(piece.key) if stale else None,
        usual=piece.usual(),
        stale=stale,
    )
    return page, code


@blueprint.get(ONE)
@edits_wording
def edit(piece: str) -> ResponseReturnValue:
    """One piece's words as they are in use, to edit, and how they look."""
    found = queries.piece_or_404(piece)
    last = next(iter(queries.editions_of(piece)), None)
    form = form_of(found)(formdata=None, data=queries.words_of(piece), version=last.number if last else 0)
    return _page(found, form)


@blueprint.post(f"{ONE}/preview")
@edits_wording
def preview(piece: str) -> ResponseReturnValue:
    """How words would look; nothing is kept."""
    found = queries.piece_or_404(piece)
    form = form_of(found)()
    return _page(found, form, 200 if form.validate() else 422)


@blueprint.post(ONE)
@edits_wording
def update(piece: str) -> ResponseReturnValue:
    """Keep a new version of a piece's words."""
    found = queries.piece_or_404(piece)
    form = form_of(found)()
    if not form.validate():
        return _page(found, form, 422)
    try:
        operations.edit(found, form.words, form.version.data or 0, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _page(found, form, 422)
    except Stale:
        # Saving again from this page is a decision, made with both versions in sight.
        last = next(iter(queries.editions_of(piece)), None)
        form.version.data = last.number if last else 0
        return _page(found, form, 409, stale=True)
    flash("The words are kept, and in use from now on.")
    return redirect(url_for("wording.edit", piece=piece))
