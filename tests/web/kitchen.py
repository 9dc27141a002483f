"""A small service with every component on its pages, to look at them without rooms or a database."""

from pathlib import Path
from types import SimpleNamespace

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import ChainableUndefined, FileSystemLoader
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from audit_app.frameworks.scale import Level, Scale
from audit_app.web import formats, headers
from audit_app.web.fields import DatePartsField

ROOT = Path(__file__).resolve().parents[2]
SCALE = Scale(
    "four",
    "Four grades",
    (
        Level("1", "Inadequate", "I", False, ""),
        Level("2", "Requires improvement", "RI", False, ""),
        Level("3", "Good", "G", True, ""),
        Level("4", "Outstanding", "O", True, ""),
    ),
)
OWN = Scale("own", "Own", (Level("1", "Not yet", "N", False, "#7a1f5c"), Level("2", "Met", "M", True, "#1d5f8a")))


class Step(Form):
    """A part that repeats."""

    what = StringField("What will be done", [InputRequired("Enter what will be done")])


class Everything(FlaskForm):
    """One field of each kind."""

    reference = StringField("Case reference", [InputRequired("Enter the case reference")], description="As on the list")
    email = EmailField("E-mail address")
    password = PasswordField("Password")
    cases = IntegerField("Number of cases", [InputRequired("Enter how many cases")])
    evidence = TextAreaField("Evidence", [InputRequired("Enter the evidence"), Length(max=4000)], description="Why?")
    grade = RadioField(
        "How good is it?",
        [InputRequired("Choose a grade")],
        choices=[SelectChoice(level.key, level.name) for level in SCALE.levels],
    )
    decision = RadioField(
        "Do you agree?", choices=[SelectChoice("agree", "Agree"), SelectChoice("override", "Override")]
    )
    reason = SelectField(
        "Reason",
        choices=[
            SelectChoice("", "Choose"),
            SelectChoice("a", "Evidence", {}, "Why"),
            SelectChoice("b", "B", {}, "Why"),
        ],
    )
    on_file = SelectMultipleField(
        "What is on file?",
        [InputRequired("Choose at least one")],
        choices=[SelectChoice("p", "A plan"), SelectChoice("c", "A chronology", {"hint": "Of six months"})],
    )
    visited = DatePartsField("When was the visit?", [InputRequired("Enter the date")], subject="The date of the visit")
    upload = FileField("Case list")
    ready = BooleanField("It is ready", [InputRequired("Confirm that it is ready")], description="It then is final")
    version = HiddenField()
    steps = FieldList(FormField(Step), min_entries=1)


class Section(FlaskForm):
    """One section of an audit, as it is autosaved."""

    evidence = TextAreaField("Evidence")
    grade = RadioField("Grade", choices=[SelectChoice("1", "Weak"), SelectChoice("2", "Strong")])
    version = HiddenField()


class Kitchen:
    """The service, and what was stored through it."""

    def __init__(self) -> None:
        self.version = 1
        self.evidence = ""
        self.saves: list[str] = []
        self.answer = 200
        self.person: object = SimpleNamespace(id=7, name="Sam Okafor", role_names=("Team manager",))
        self.notices: list[object] = []
        self.app = self._built()

    def _built(self) -> Flask:
        app = Flask("kitchen", static_folder=str(ROOT / "audit_app" / "static"))
        app.jinja_env.loader = FileSystemLoader([ROOT / "templates", ROOT / "tests" / "web" / "pages"])
        app.config.update(SECRET_KEY="only for tests", TESTING=True)
        app.jinja_env.undefined = ChainableUndefined
        app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
        app.jinja_env.filters.update(formats.FILTERS)
        headers.connect(app)
        CSRFProtect(app)
        app.context_processor(self.context)
        app.add_url_rule("/everything", view_func=self.everything, methods=["GET", "POST"])
        app.add_url_rule("/writing", view_func=self.writing, methods=["GET", "POST"])
        app.add_url_rule("/done", view_func=lambda: render_template("errors/404.html"), endpoint="done")
        app.add_url_rule("/shown/<folder>/<name>", view_func=self.shown, methods=["GET", "POST"])
        return app

    def context(self) -> dict[str, object]:
        """What every page is given."""
        links = [SimpleNamespace(text=text, href="/", current=text == "Audits") for text in ("Your work", "Audits")]
        return {
            "service_name": "Case audit <and> moderation",
            "council_name": "Northmere Council",
            "marking": "OFFICIAL-SENSITIVE" if self.person else "",
            "environment": "Demonstration",
            "person": self.person,
            "navigation": links if self.person else [],
            "account_links": [SimpleNamespace(text="People", href="/people")] if self.person else [],
            "notices": self.notices,
        }

    def everything(self) -> ResponseReturnValue:
        """Every component; sent empty, every error."""
        form = Everything()
        if request.method == "POST":
            form.validate()
        page = SimpleNamespace(older="31", newer=None)
        refusals = ["It was withdrawn."] if request.method == "POST" else []
        words = render_template("everything.html", form=form, scale=SCALE, own=OWN, page=page, refusals=refusals)
        return words, 422 if form.errors else 200

    def writing(self) -> ResponseReturnValue:
        """A form that saves itself."""
        form = Section()
        if request.method == "GET":
            form.version.data, form.evidence.data = str(self.version), self.evidence
            return render_template("writing.html", form=form)
        auto = request.headers.get("X-Requested-With") == "autosave"
        if auto and self.answer != 200:
            return {"reason": "Somebody changed the section." if self.answer == 409 else ""}, self.answer
        if form.version.data != str(self.version):
            return ({}, 409) if auto else (render_template("errors/409.html"), 409)
        self.version += 1
        self.evidence = str(form.evidence.data).replace("\r\n", "\n")
        self.saves.append(self.evidence)
        if auto:
            return {"saved_at": "2026-06-14T13:01:00+00:00", "version": self.version}
        return redirect("/done")

    def shown(self, folder: str, name: str) -> ResponseReturnValue:
        """An error or a standing page."""
        return render_template(f"{folder}/{name}.html"), int(name) if name.isdigit() else 200
