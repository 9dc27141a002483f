"""The standing pages that everybody may read, and the version that every page names."""

from hashlib import sha256
from pathlib import Path

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from audit_app.web.guard import public

blueprint = Blueprint("pages", __name__)
LETTERS = 8


def version_of(folder: Path) -> str:
    """A short name for what a folder holds; it changes with any of its files, so that browsers ask anew."""
    whole = sha256()
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        whole.update(f"{file.relative_to(folder).as_posix()}\n".encode())
        whole.update(sha256(file.read_bytes()).digest())
    return whole.hexdigest()[:LETTERS]


@blueprint.get("/help")
@public
def help_page() -> ResponseReturnValue:
    """What each role does here, what the words mean, and whom to ask."""
    return render_template("pages/help.html")


@blueprint.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """How accessible the service is, and whom to tell of a problem."""
    return render_template("pages/accessibility.html")


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is kept about whom, why, and for how long."""
    return render_template("pages/privacy.html")


@blueprint.get("/cookies")
@public
def cookies() -> ResponseReturnValue:
    """The one cookie, and what is kept while one writes."""
    return render_template("pages/cookies.html")
