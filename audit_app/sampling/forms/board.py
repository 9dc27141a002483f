"""The form of a round's board."""

from wtforms import SelectChoice, SelectField

from audit_app.sampling.progress import STANDING_WORDS
from audit_app.web.forms import Form


class BoardForm(Form):
    """Which audits of a round somebody looks for."""

    class Meta(Form.Meta):
        """Asked in the address, so it needs no token."""

        csrf = False

    auditor = SelectField("Auditor", validate_choice=False)
    standing = SelectField(
        "Handed in",
        choices=[
            SelectChoice(value="", label="All"),
            *(SelectChoice(value=str(one.value), label=words) for one, words in STANDING_WORDS.items()),
        ],
    )
