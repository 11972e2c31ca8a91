"""How a big screen is set, as the studio asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aqyn.stage.screen.settings import MOST_SAFE, NOTHING, Settings
from aqyn.stage.selectors.layers import name_of, to_sing

GROUNDS = [
    ("stage", _("The dark stage")),
    (NOTHING, _("Nothing: over a video, in a mixer")),
    ("green", _("Green, to be keyed out")),
]
ALIGN = [("center", _("In the middle")), ("left", _("At the left")), ("right", _("At the right"))]
AT = [("middle", pgettext_lazy("of the height", "In the middle")), ("foot", _("At the foot"))]
LINES = [("2", _("The sung line and the next")), ("1", _("The sung line alone"))]


class Screen(forms.Form):
    """Its fields are those of `Settings`."""

    main = forms.ChoiceField(label=_("The words in"))
    under = forms.ChoiceField(label=_("Beneath them"))
    ground = forms.ChoiceField(label=_("Behind them"), choices=GROUNDS)
    lines = forms.ChoiceField(label=_("How many lines"), choices=LINES)
    align = forms.ChoiceField(label=_("From side to side"), choices=ALIGN)
    at = forms.ChoiceField(label=_("From top to foot"), choices=AT)
    safe = forms.IntegerField(label=_("Safe margin, in percent"), min_value=0, max_value=MOST_SAFE)

    def __init__(self, *, settings: Settings, layers: Sequence[dict[str, str]], **kwargs: Any) -> None:
        """`layers` as in setlist.json."""
        first = settings.main or (layers[0]["tag"] if layers else "")
        super().__init__(initial=asdict(settings) | {"main": first}, auto_id="screen-%s", **kwargs)
        sung = [(layer["tag"], layer["name"]) for layer in to_sing(layers)]
        beneath = [(layer["tag"], name_of(layer, layers)) for layer in layers]
        for name, offered in (("main", sung), ("under", [(NOTHING, _("Nothing")), *beneath])):
            cast(forms.ChoiceField, self.fields[name]).choices = offered
