"""The pages on which a programme's policies are read and changed."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.programmes import operations, queries
from audit_app.programmes.forms import PoliciesForm
from audit_app.programmes.model import Programme
from audit_app.programmes.policies import Policies, policies_problems
from audit_app.programmes.views import blueprint
from audit_app.programmes.wording import differences, groups
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)


@blueprint.get("/programmes/<int(max=2147483647):programme_id>/policies")
@runs
def policies(programme_id: int) -> ResponseReturnValue:
    """How a programme samples, allocates and moderates."""
    programme = queries.programme_or_404(programme_id, actor())
    shown = groups(programme.policy, queries.grades_of(programme.tool_key))
    return render_template("programmes/policies.html", programme=programme, groups=shown)


def _asking(
    programme: Programme, form: PoliciesForm, code: int = 200, theirs: list[tuple[str, str, str]] | None = None
) -> ResponseReturnValue:
    shown = groups(programme.policy, queries.grades_of(programme.tool_key))
    holds = {group.key: group.holds for group in shown}
    page = render_template(
        "programmes/change_policies.html", programme=programme, form=form, holds=holds, theirs=theirs
    )
    return page, code


@blueprint.get("/programmes/<int(max=2147483647):programme_id>/change-policies")
@runs
def edit_policies(programme_id: int) -> ResponseReturnValue:
    """The form that changes a programme's policies."""
    programme = queries.programme_or_404(programme_id, actor())
    form = PoliciesForm(formdata=None, version=programme.version_id)
    form.offer(queries.grades_of(programme.tool_key))
    form.show(programme.policy)
    return _asking(programme, form)


@blueprint.post("/programmes/<int(max=2147483647):programme_id>/change-policies")
@runs
def change_policies(programme_id: int) -> ResponseReturnValue:
    """Change a programme's policies."""
    programme, form = queries.programme_or_404(programme_id, actor(), to_write=True), PoliciesForm()
    grades = queries.grades_of(programme.tool_key)
    form.offer(grades)
    data = form.as_data(programme.policy)
    if not form.validate():
        return _asking(programme, form, 422)
    if problems := policies_problems(data):
        form.form_errors.extend(problems)
        return _asking(programme, form, 422)
    typed = Policies.from_data(data)
    try:
        operations.change_policies(programme, typed, form.version.data, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _asking(programme, form, 422)
    except Stale:
        # What was typed stays in the form beside what somebody else saved; saving again replaces theirs.
        form.version.data = programme.version_id
        return _asking(programme, form, 409, differences(programme.policy, typed, grades))
    flash(f"The policies of {programme.name} are changed.")
    return redirect(url_for("programmes.policies", programme_id=programme.id))
