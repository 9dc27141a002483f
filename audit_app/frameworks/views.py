"""The pages of frameworks and audit tools: what good looks like, and new versions of them."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import ValidationError

from audit_app.access.table import Permission
from audit_app.frameworks import operations, queries
from audit_app.frameworks.content import CATEGORIES, Framework, Tool, framework_from_data
from audit_app.frameworks.forms import ConfirmForm, FileForm, KeepForm
from audit_app.frameworks.model import ToolVersion
from audit_app.frameworks.problem import Problem, Unreadable
from audit_app.identity.queries import names_of
from audit_app.refusal import Refused
from audit_app.web.guard import actor, requires

blueprint = Blueprint("frameworks", __name__)
manages = requires(Permission.MANAGE_TOOLS)
# Whoever judges may look up what good looks like.
reads = requires(Permission.MANAGE_TOOLS, Permission.AUDIT, Permission.MODERATE, Permission.VALIDATE)
SHOWN = 100  # problems of a file: more than anybody corrects at a time


@blueprint.get("/tools")
@manages
def index() -> ResponseReturnValue:
    """The audit tools and inspection frameworks, with their versions."""
    return render_template("frameworks/index.html", tools=queries.tools(), frameworks=queries.frameworks())


@blueprint.post("/tools/load-shipped")
@manages
def load_shipped() -> ResponseReturnValue:
    """Keep the frameworks and tools that come with the service."""
    if not ConfirmForm().validate():
        abort(400)
    operations.load_shipped(by=actor().id)
    flash("The frameworks and tools that come with the service are added.")
    return redirect(url_for("frameworks.index"))


@blueprint.get("/tools/<int(max=2147483647):tool_id>")
@reads
def show(tool_id: int) -> ResponseReturnValue:
    """A version of a tool, whole: sections, descriptors, questions, rules and reasons."""
    return _tool_page(queries.tool_or_404(tool_id))


def _tool_page(kept: ToolVersion) -> ResponseReturnValue:
    tool = kept.tool
    return render_template(
        "frameworks/show.html",
        kept=kept,
        tool=tool,
        framework=_framework_of(tool),
        categories=CATEGORIES,
        added_by=names_of([kept.added_by or 0]).get(kept.added_by or 0, ""),
        manages=actor().may(Permission.MANAGE_TOOLS),
    )


def _framework_of(tool: Tool) -> Framework | None:
    found = queries.find_framework(tool.framework_key, tool.framework_version)
    return framework_from_data(found.content) if found else None


@blueprint.get("/frameworks/<int(max=2147483647):framework_id>")
@reads
def framework(framework_id: int) -> ResponseReturnValue:
    """A version of an inspection framework: its judgements, its scale, and when it was in force."""
    kept = queries.framework_or_404(framework_id)
    manages_tools = actor().may(Permission.MANAGE_TOOLS)
    value = framework_from_data(kept.content)
    return render_template("frameworks/framework.html", kept=kept, framework=value, manages=manages_tools)


@blueprint.get("/tools/new")
@manages
def new() -> ResponseReturnValue:
    """The form that takes a framework or tool from a file."""
    return _asking(FileForm(formdata=None))


def _asking(form: FileForm, problems: tuple[Problem, ...] = (), code: int = 200) -> ResponseReturnValue:
    page = render_template(
        "frameworks/new.html", form=form, problems=problems[:SHOWN], more=max(0, len(problems) - SHOWN)
    )
    return page, code


@blueprint.post("/tools/new")
@manages
def create() -> ResponseReturnValue:
    """Show what a file holds before it is kept, or every problem in it with its line."""
    form = FileForm()
    if not form.validate():
        return _asking(form, code=422)
    try:
        text = form.text()
        found = operations.read(text)
    except ValidationError as fault:
        form.file.errors = [str(fault)]
        return _asking(form, code=422)
    except Refused as refused:
        form.file.errors = [refused.refusal.reason]
        return _asking(form, code=422)
    except Unreadable as unreadable:
        form.file.errors = ["The file has problems. Put them right and choose it again."]
        return _asking(form, unreadable.problems, 422)
    keep = KeepForm(formdata=None, content=KeepForm.packed(text))
    if isinstance(found, Tool):
        return render_template(
            "frameworks/preview.html", form=keep, tool=found, framework=_framework_of(found), categories=CATEGORIES
        )
    return render_template("frameworks/preview.html", form=keep, tool=None, framework=found)


@blueprint.post("/tools/keep")
@manages
def keep() -> ResponseReturnValue:
    """Keep the framework or tool that was looked at."""
    form = KeepForm()
    text = form.text() if form.validate() else None
    if text is None:
        abort(400)
    try:
        found = operations.read(text)
        if isinstance(found, Tool):
            tool = operations.add_tool(found, by=actor().id)
            flash(f"{tool.name}, version {tool.version}, is kept. Rounds can use it from now on.")
            return redirect(url_for("frameworks.show", tool_id=tool.id))
        kept = operations.add_framework(found, by=actor().id)
    except Refused as refused:
        form = FileForm(formdata=None)
        form.file.errors = [refused.refusal.reason]
        return _asking(form, code=422)
    except Unreadable as unreadable:
        form = FileForm(formdata=None)
        form.file.errors = ["The file refers to something that has changed. Choose it again."]
        return _asking(form, unreadable.problems, 422)
    flash(f"{kept.name}, version {kept.version}, is kept. Tools can refer to it from now on.")
    return redirect(url_for("frameworks.framework", framework_id=kept.id))


@blueprint.post("/tools/<int(max=2147483647):tool_id>/retire")
@manages
def retire(tool_id: int) -> ResponseReturnValue:
    """Offer a version to new rounds no longer."""
    kept = _confirmed(tool_id)
    operations.retire(kept, by=actor().id)
    flash(f"Version {kept.version} is retired. Audits that use it keep it.")
    return redirect(url_for("frameworks.show", tool_id=kept.id))


@blueprint.post("/tools/<int(max=2147483647):tool_id>/offer-again")
@manages
def offer_again(tool_id: int) -> ResponseReturnValue:
    """Offer a retired version to new rounds again."""
    kept = _confirmed(tool_id)
    operations.offer_again(kept, by=actor().id)
    flash(f"Version {kept.version} is on offer again.")
    return redirect(url_for("frameworks.show", tool_id=kept.id))


def _confirmed(tool_id: int) -> ToolVersion:
    kept = queries.tool_or_404(tool_id, to_write=True)
    if not ConfirmForm().validate():
        abort(400)
    return kept
