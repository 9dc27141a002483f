"""The forms of an auditor's page: how much they take on, names on case lists, cases they know."""

from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from audit_app.identity.absences import MOST_AUDITS
from audit_app.sampling.forms.numbers import WholeNumber
from audit_app.web.forms import Form

LIMIT = f"Enter a whole number from 1 to {MOST_AUDITS}, or nothing for no limit"


class CapacityForm(Form):
    """The most audits that somebody is asked to write."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    at_once = WholeNumber("Most audits at once", [Optional(), NumberRange(1, MOST_AUDITS, LIMIT)], wrong=LIMIT)
    a_month = WholeNumber("Most audits of one month", [Optional(), NumberRange(1, MOST_AUDITS, LIMIT)], wrong=LIMIT)


class WorkerNameForm(Form):
    """What a case list calls somebody."""

    authority = SelectField("Case lists of", coerce=int)
    label = StringField(
        "Name on the case list", [InputRequired("Enter the name as the case list writes it"), Length(max=100)]
    )


class ConnectionForm(Form):
    """A case that somebody knows."""

    reference = StringField("Case reference", [InputRequired("Enter the case reference"), Length(max=64)])


class FindAuditorForm(Form):
    """Looking for somebody who audits or moderates."""

    class Meta(Form.Meta):
        """Asked in the address, so it needs no token."""

        csrf = False

    q = StringField("Name", [Length(max=100)])
