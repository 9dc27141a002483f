"""The forms of accounts."""

from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, Regexp
from wtforms.widgets import HiddenInput

from audit_app.access.table import Role
from audit_app.identity.absences import Away
from audit_app.refusal import Refusal
from audit_app.web.fields import DatePartsField
from audit_app.web.forms import Form

ADDRESS = "Enter an e-mail address, like name@council.gov.uk"
IS_ADDRESS = [
    InputRequired("Enter their e-mail address"),
    Length(max=200),
    Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+$", message=ADDRESS),
]
ROLES = [SelectChoice(value=role.value, label=role.words) for role in Role]


class SignInForm(Form):
    """E-mail address and password; kept carries what was typed before a session ended."""

    email = EmailField("E-mail address", [InputRequired("Enter your e-mail address"), Length(max=200)])
    password = PasswordField("Password", [InputRequired("Enter your password"), Length(max=200)])
    next = HiddenField()
    kept = HiddenField()


class PasswordForm(Form):
    """A new password."""

    password = PasswordField(
        "New password",
        [InputRequired("Enter a password"), Length(max=200)],
        description="At least 12 characters. Three unrelated words make a good password.",
    )


class InviteForm(Form):
    """Somebody new."""

    name = StringField("Full name", [InputRequired("Enter their name"), Length(max=100)])
    email = EmailField("Work e-mail address", IS_ADDRESS)
    job_title = StringField("Job title", [Length(max=100)])
    unit = SelectField("Team that they work in", coerce=int)


class GrantForm(Form):
    """A role for somebody, in a unit, perhaps until a date."""

    role = RadioField("Role", [InputRequired("Choose a role")], choices=ROLES)
    unit = SelectField("In which unit, and all below it", coerce=int)
    until = DatePartsField("Last day", subject="The last day")


class PersonForm(Form):
    """What can be changed of somebody."""

    version = IntegerField(widget=HiddenInput())
    name = StringField("Full name", [InputRequired("Enter their name"), Length(max=100)])
    email = EmailField("Work e-mail address", IS_ADDRESS)
    job_title = StringField("Job title", [Length(max=100)])
    unit = SelectField("Team that they work in", coerce=int)


class EndForm(Form):
    """Ending an account, once what will happen was read; with work left, and why."""

    because = StringField("Why it ends with this work left", [Length(max=200)])


class AwayForm(Form):
    """Days that somebody is away; the reason is nobody's business here."""

    first = DatePartsField("First day away", [InputRequired("Enter the first day away")], subject="The first day away")
    last = DatePartsField("Last day away", [InputRequired("Enter the last day away")], subject="The last day away")

    @property
    def away(self) -> Away:
        """The days, once they were validated."""
        return Away(self.first.data, self.last.data)

    def refuse(self, refusal: Refusal) -> None:
        """Show why these days can't be recorded, at the last day, where such a mistake is made."""
        self.last.errors = [refusal.reason]


class TakeBackForm(Form):
    """Taking something back; there is nothing to fill in."""


class SearchForm(Form):
    """Looking for somebody."""

    class Meta(Form.Meta):
        """Asked in the address, so it needs no token."""

        csrf = False

    q = StringField("Name or e-mail address", [Length(max=100)])
    role = SelectField("Role", choices=[SelectChoice(value="", label="Any role"), *ROLES])
    ended = BooleanField("Show ended accounts")
