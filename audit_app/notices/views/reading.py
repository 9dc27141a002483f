"""What one was told, and how one wishes to be told."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.notices import operations, queries
from audit_app.notices.forms import EmptyForm, PreferenceForm, ReadForm
from audit_app.notices.kinds import CONCERNED, MATTER_WORDS, Matter
from audit_app.notices.views import blueprint
from audit_app.web.formats import plural
from audit_app.web.guard import actor, signed_in


@blueprint.get("/notices")
@signed_in
def index() -> ResponseReturnValue:
    """What one was told, the newest first."""
    who = actor()
    page = queries.notices_page(who, after=request.args.get("after", ""), before=request.args.get("before", ""))
    return render_template(
        "notices/index.html",
        page=page,
        rows=[operations.shown(one) for one in page.items],
        new=queries.count_new(who),
        newest=max((one.id for one in page.items), default=0),
        choice=queries.choice_of(who.id),
        mail=operations.mail_is_on(),
    )


@blueprint.post("/notices/<int(max=2147483647):notice_id>/read")
@signed_in
def read(notice_id: int) -> ResponseReturnValue:
    """Mark one message as read."""
    EmptyForm().validate()
    operations.read(queries.notice_or_404(notice_id, actor()))
    return redirect(url_for("notices.index"))


@blueprint.post("/notices/read")
@signed_in
def read_all() -> ResponseReturnValue:
    """Mark everything as read that was there when the page was opened."""
    form = ReadForm()
    if form.validate():
        count = operations.read_all(form.up_to.data or 0, by=actor())
        flash(f"{plural(count, 'message is', 'messages are')} marked as read.")
    return redirect(url_for("notices.index"))


@blueprint.get("/notices/settings")
@signed_in
def settings() -> ResponseReturnValue:
    """How one wishes to be told."""
    choice = queries.choice_of(actor().id)
    otherwise = {matter.value: how.value for matter, how in choice.otherwise.items()}
    form = PreferenceForm(formdata=None, how=choice.general.value, **otherwise)
    form.offer(_matters())
    return _settings_page(form)


def _matters() -> list[Matter]:
    """The matters of which news can reach whoever asks."""
    return [matter for matter in Matter if any(actor().may(permission) for permission in CONCERNED[matter])]


@blueprint.post("/notices/settings/save")
@signed_in
def settings_save() -> ResponseReturnValue:
    """Keep how one wishes to be told."""
    form = PreferenceForm()
    form.offer(_matters())
    if not form.validate():
        return _settings_page(form, 422)
    operations.prefer(form.chosen, by=actor())
    flash("It is kept how you want to be told.")
    return redirect(url_for("notices.index"))


def _settings_page(form: PreferenceForm, code: int = 200) -> ResponseReturnValue:
    page = render_template(
        "notices/settings.html",
        form=form,
        matters=[(form[matter.value], MATTER_WORDS[matter][1]) for matter in _matters()],
        mail=operations.mail_is_on(),
    )
    return page, code
