"""The forms of accounts."""

from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from audit_app.web.forms import Form


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
