"""The form of a piece of wording: a field for each of its parts, and the version that was being edited."""

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from audit_app.web.forms import Form
from audit_app.wording.pieces import Piece, Words


class WordingForm(Form):
    """What is being written, checked as its piece asks."""

    piece: Piece
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def validate(self, extra_validators: object = None) -> bool:
        """Whether every part can be used; each mistake stands at its field."""
        fine = super().validate(extra_validators)
        for key, problems in self.piece.problems(self.words).items():
            field = self[key]
            if not field.errors:
                field.errors = [" ".join(problems)]
                fine = False
        return fine

    @property
    def words(self) -> Words:
        """The words as they were typed."""
        return {part.key: self[part.key].data or "" for part in self.piece.parts}


def form_of(piece: Piece) -> type[WordingForm]:
    """The form of one piece."""
    fields: dict[str, object] = {"piece": piece}
    for part in piece.parts:
        kind = StringField if part.one_line else TextAreaField
        most = Length(max=part.longest, message=f"{part.name} must have {part.longest:,} characters or fewer")
        fields[part.key] = kind(part.name, description=part.hint, validators=[most])
    return type("PieceForm", (WordingForm,), fields)
