"""What the crew chooses for a book, turned into a `Choice`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from aqyn.core.lyrics.layers import ordered
from aqyn.core.lyrics.model import Kind
from aqyn.songs import checks
from aqyn.songs.selectors.lists import SongCard
from aqyn.songs.selectors.lyrics import layer_name
from aqyn.songs.sentences import NoSongsChosen, Refusal, TooManySongs
from aqyn.songs.songbook.choice import MOST_SONGS, Choice, Over, Paper

OVERS = [
    (Over.NOTHING, _("Nothing")),
    (Over.DOTS, _("Syllables, with dots")),
    (Over.HYPHENS, _("Syllables, with hyphens")),
    (Over.CHORDS, _("Chords over the words")),
]
PAPERS = [(Paper.A4, "A4"), (Paper.A5, "A5"), (Paper.LETTER, _("US Letter"))]


class Book(forms.Form):
    """The book's title, layers, marks and paper. The songs and their order come beside it, from the list."""

    title = forms.CharField(label=_("Title"), max_length=checks.LONGEST_NAME)
    first = forms.ChoiceField(label=_("The words in"))
    second = forms.ChoiceField(label=_("Beside them"), required=False)
    beneath = forms.ChoiceField(label=_("Beneath them"), required=False)
    over = forms.ChoiceField(label=_("Over or in the words"), choices=OVERS)
    paper = forms.ChoiceField(label=_("Paper"), choices=PAPERS)

    def __init__(
        self, *args: Any, cards: Sequence[SongCard], listed: QueryDict | None = None, **kwargs: Any
    ) -> None:
        """`listed`: what was posted of the list of songs; without it every song is in the book."""
        super().__init__(*args, **kwargs)
        self.cards = {card.slug: card for card in cards}
        self.order = _order(list(self.cards), listed or QueryDict())
        self.chosen = [slug for slug in self.order if listed is None or slug in listed.getlist("song")]
        tags = [tag for card in cards for tag in card.layers]
        layers = ordered(tags, cards[0].language if cards else "kk-Cyrl")
        named: list[tuple[str, Any]] = [(layer.tag, layer_name(layer.tag)) for layer in layers]
        nothing: list[tuple[str, Any]] = [("", _("Nothing"))]
        translations = [
            pair for pair, layer in zip(named, layers, strict=True) if layer.kind is Kind.TRANSLATION
        ]
        for name, offered in (
            ("first", named),
            ("second", nothing + named),
            ("beneath", nothing + translations),
        ):
            cast(forms.ChoiceField, self.fields[name]).choices = offered

    def clean_title(self) -> str:
        try:
            return checks.one_line(self.cleaned_data["title"], str(_("Title")))
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("second") == told.get("first"):
            told["second"] = ""
        if told.get("beneath") in (told.get("first"), told.get("second")):
            told["beneath"] = ""
        if not self.chosen:
            raise forms.ValidationError(str(NoSongsChosen()))
        if len(self.chosen) > MOST_SONGS:
            raise forms.ValidationError(str(TooManySongs(most=MOST_SONGS, songs=len(self.chosen))))
        return told

    @property
    def songs(self) -> list[tuple[SongCard, bool]]:
        """The list: each song in its order, and whether it is to be in the book."""
        return [(self.cards[slug], slug in self.chosen) for slug in self.order]

    @property
    def choice(self) -> Choice:
        told = self.cleaned_data
        return Choice(
            title=told["title"],
            songs=self.chosen,
            first=told["first"],
            second=told["second"],
            beneath=told["beneath"],
            over=Over(told["over"]),
            paper=Paper(told["paper"]),
        )


def _order(known: list[str], listed: QueryDict) -> list[str]:
    """Every song as the list stood on the page, one moved by its button; a new one comes last."""
    there = set(known)
    order = list(
        dict.fromkeys([*(slug for slug in listed.get("order", "").split() if slug in there), *known])
    )
    for button, step in (("up", -1), ("down", 1)):
        moved = listed.get(button, "")
        if moved in there:
            place = order.index(moved)
            order.insert(max(0, place + step), order.pop(place))
    return order
