"""Numbers that people type."""

import re
from typing import Any

from wtforms import IntegerField


class WholeNumber(IntegerField):
    """A number that people count with; `wrong` is what is said of anything else."""

    def __init__(self, label: str, validators: list[Any], *, wrong: str, **options: Any) -> None:
        super().__init__(label, validators, **options)
        self.wrong = wrong

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; nothing typed is no number."""
        text = valuelist[0].strip() if valuelist and isinstance(valuelist[0], str) else ""
        self.data = None
        if not text:
            return
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise ValueError(self.wrong)
        self.data = int(text)
