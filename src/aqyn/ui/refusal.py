"""What every refusal is, whichever app it comes from."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refusal(Exception):
    """Why a deed was not done, as one sentence in the language in force. Nothing was changed."""

    sentence = ""

    def __init__(self, **values: object) -> None:
        super().__init__(self.sentence)
        self.values = values

    def __str__(self) -> str:
        return _(self.sentence) % self.values if self.values else _(self.sentence)
