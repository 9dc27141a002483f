"""The form that every form is made from: it takes exactly the fields it shows."""

from typing import Any

from flask import abort, current_app, request
from flask_wtf import FlaskForm
from wtforms import Field, FileField, PasswordField, SelectMultipleField, StringField
from wtforms.validators import ValidationError

CONTROLS = {chr(c) for c in range(32)} - {"\n", "\r", "\t"}


def limit_words() -> None:
    """Before a request: only a file may be as large as a file; words are read whole, so they have a limit of theirs."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def clean(value: Any) -> Any:
    """Words as people meant them: no surrounding space, unix line ends."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def no_controls(form: FlaskForm, field: Field) -> None:
    """Refuse characters that cannot be printed."""
    if isinstance(field.data, str) and (CONTROLS & set(field.data)):
        raise ValidationError("Remove the characters that cannot be printed.")


class Form(FlaskForm):
    """A form that answers 400 to fields it did not ask for, or asked for once and got twice."""

    class Meta(FlaskForm.Meta):
        """Words are trimmed; passwords are not."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Bind a field, with the common filter where it holds words."""
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                options = {**options, "filters": [*unbound_field.kwargs.get("filters", ()), clean]}
            return unbound_field.bind(form=form, **options)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether what was sent is acceptable; tampered input is not answered as a mistake but as 400."""
        if request.method == "POST":
            self._refuse_foreign_keys()
        fine = bool(super().validate(extra_validators))
        for field in self:
            if isinstance(field.data, str) and not field.errors:
                try:
                    no_controls(self, field)
                except ValidationError as error:
                    field.errors = [*field.errors, str(error)]
                    fine = False
        return fine

    def _refuse_foreign_keys(self) -> None:
        known = {field.name: field for field in self}
        for key, values in request.form.lists():
            field = known.get(key)
            if field is None:
                abort(400)
            if len(values) > 1 and not isinstance(field, SelectMultipleField) and not getattr(field, "parts", 0):
                abort(400)
        for key, files in request.files.lists():
            if not isinstance(known.get(key), FileField) or len(files) > 1:
                abort(400)
