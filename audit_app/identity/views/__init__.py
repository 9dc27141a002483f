"""The pages of accounts: signing in and out, one-time links, people."""

from flask import Blueprint, Flask

from audit_app.identity.queries import names_of, people_in

blueprint = Blueprint("identity", __name__)


def connect(app: Flask) -> None:
    """Teach the application who is signed in, and who works where."""
    signing_in.connect(app)
    app.extensions["people_in_unit"] = people_in
    app.extensions["names_of"] = names_of


from audit_app.identity.views import absence, people, signing_in  # noqa: E402, F401 (they put their pages on the blueprint)
