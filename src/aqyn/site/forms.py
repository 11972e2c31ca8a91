"""What "make it mine" asks: the artist's name in the languages that she is written in, and her hue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LANGUAGES = (("kk-Cyrl", "Қазақша"), ("ru", "Русский"), ("en", "English"))


class MakeItMine(forms.Form):
    """`names` and `languages` are there once the form is valid; the main language is the first."""

    name_kk = forms.CharField(label=gettext_lazy("Name in Kazakh"), max_length=120, required=False)
    name_ru = forms.CharField(label=gettext_lazy("Name in Russian"), max_length=120, required=False)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=120, required=False)
    main = forms.ChoiceField(
        label=gettext_lazy("Main language"),
        choices=LANGUAGES,
        initial="kk-Cyrl",
        widget=forms.RadioSelect,
    )
    hue = forms.IntegerField(
        label=gettext_lazy("Hue"),
        min_value=0,
        max_value=359,
        initial=28,
        widget=forms.NumberInput(attrs={"type": "range", "step": "1"}),
        help_text=gettext_lazy(
            "From this one number come all colours of the artist's pages. It can be changed any time."
        ),
    )

    names: dict[str, str]
    languages: list[str]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = {tag: " ".join(data.get(f"name_{tag[:2]}", "").split()) for tag, _name in LANGUAGES}
        self.names = {tag: name for tag, name in given.items() if name}
        main = data.get("main", "")
        if main and main not in self.names:
            own = dict(LANGUAGES)[main]
            self.add_error(
                f"name_{main[:2]}",
                _("Write the name in %(language)s, or choose another main language.") % {"language": own},
            )
        self.languages = [main, *(tag for tag in self.names if tag != main)]
        return data
