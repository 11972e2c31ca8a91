"""What the crew types about a show or a tour, turned into facts. What is wrong is told by the services' own
sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aqyn.core.moments import wall_time
from aqyn.shows import facts
from aqyn.shows.facts import ActFacts, ShowFacts, Times
from aqyn.shows.models import Show
from aqyn.shows.sentences import BadDate, BadDoors, BadEnd, NoDay, NoStart, Refusal
from aqyn.ui.checks import LONGEST_NAME, LONGEST_SLUG

# The languages that a show is told in; the other scripts of Kazakh are made from Cyrillic.
TOLD_IN = (("kk-Cyrl", "Қазақша"), ("ru", "Русский"), ("en", "English"))
EMPTY_ACTS = 1
"""Rows for other acts that stand empty below those that are told."""
DAY = timedelta(days=1)


class TimesForm(forms.Form):
    """A day and times as clocks at the place of the show tell them. `times` is there once it is valid.

    `before`: the show as it stands. Doors that open later on the clock than the show starts opened the day
    before; an end that is earlier is on the next day.
    """

    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    doors = forms.TimeField(
        label=_("Doors"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    start = forms.TimeField(
        label=pgettext_lazy("time of a show", "Start"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    end = forms.TimeField(
        label=_("End"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )

    def __init__(self, *args: Any, before: Show | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before
        self.times = Times()

    def take_times(self, where: ZoneInfo) -> None:
        """Turn day and times into moments, for a form that knows the time zone."""
        told = self.cleaned_data
        day, start = told.get("day"), told.get("start")
        named = {name: told.get(name) for name in ("doors", "start", "end")}
        if self.errors.keys() & {"day", *named} or not (day or any(named.values())):
            return
        if day is None or start is None:
            self.add_error("day" if day is None else "start", str(NoDay() if day is None else NoStart()))
            return
        found: dict[str, datetime | None] = {}
        for name, at in named.items():
            later = -DAY if name == "doors" and at and at > start else timedelta()
            later = DAY if name == "end" and at and at <= start else later
            try:
                found[name] = None if at is None else self._moment(datetime.combine(day, at) + later, where)
            except OverflowError:
                self.add_error("day", str(BadDate(first=facts.FIRST_YEAR, last=facts.LAST_YEAR)))
            except Refusal as refusal:
                self.add_error("day" if isinstance(refusal, BadDate) else name, str(refusal))
        if not self.errors:
            self._in_order(Times(found["start"], found["doors"], found["end"]))

    def _moment(self, wall: datetime, where: ZoneInfo) -> datetime:
        # A time that comes twice stays the one that it was.
        row = self.before
        for kept in (row.starts_at, row.doors_at, row.ends_at) if row else ():
            if kept is not None and wall_time(kept, where) == wall:
                return kept
        return facts.moment(wall, where)

    def _in_order(self, times: Times) -> None:
        try:
            self.times = times.checked()
        except Refusal as refusal:
            field = {BadDoors: "doors", BadEnd: "end"}.get(type(refusal), "day")
            self.add_error(field, str(refusal))


class ShowForm(TimesForm):
    """All that is told of a show."""

    artist = forms.ChoiceField(label=_("Artist"))
    tour = forms.ChoiceField(label=_("Tour"), required=False)
    country = forms.CharField(
        label=_("Country"),
        max_length=2,
        required=False,
        help_text=_("Its code of two letters, such as KZ."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "characters"}),
    )
    address = forms.CharField(
        label=_("Street and number"),
        max_length=facts.LONGEST_ADDRESS,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    time_zone = forms.CharField(
        label=_("Time zone of the place"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "dir": "ltr", "spellcheck": "false"}),
    )
    slug = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_SLUG,
        help_text=_("The last part of its page's address. Printed codes and shared links lead there."),
    )
    hue = forms.IntegerField(
        label=_("Hue"),
        min_value=0,
        max_value=359,
        widget=forms.NumberInput(attrs={"type": "range", "min": 0, "max": 359}),
        help_text=_("All colours of the evening come from this one."),
    )

    def __init__(
        self,
        *args: Any,
        artists: list[tuple[str, str]],
        tours: list[tuple[str, str]],
        acts: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["artist"] = forms.ChoiceField(label=_("Artist"), choices=artists)
        self.fields["tour"] = forms.ChoiceField(
            label=_("Tour"), required=False, choices=[("", _("None: an evening of its own")), *tours]
        )
        if not tours:
            self.fields["tour"].widget = forms.HiddenInput()
        if self.before is not None:
            del self.fields["artist"]
        else:
            del self.fields["slug"]
            if len(artists) == 1:
                self.fields["artist"].widget = forms.HiddenInput()
                self.initial.setdefault("artist", artists[0][0])
        for tag, language in TOLD_IN:
            for group in ("title", "city", "venue"):
                self.fields[f"{group}.{tag}"] = _line(tag, language)
            self.fields[f"about.{tag}"] = _paragraphs(tag, language, facts.LONGEST_ABOUT, rows=5)
        self.acts = min(max(acts, self._posted_acts()) + EMPTY_ACTS, facts.MOST_ACTS)
        for place in range(self.acts):
            for tag, language in TOLD_IN:
                self.fields[f"act.{place}.{tag}"] = _line(tag, language)
            self.fields[f"act.{place}.link"] = forms.CharField(
                label=_("Link"), max_length=500, required=False, widget=forms.TextInput({"dir": "ltr"})
            )

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if "time_zone" in told:
            try:
                self.take_times(facts.zone(told["time_zone"]))
            except Refusal as refusal:
                self.add_error("time_zone", str(refusal))
        return told

    def facts(self, artist_hue: int) -> ShowFacts:
        """The show's facts as the form now tells them; texts in other languages stay as they were."""
        told, before = self.cleaned_data, self.before
        return ShowFacts(
            slug=told.get("slug", ""),
            title=self._texts("title", before.title if before else {}),
            city=self._texts("city", before.city if before else {}),
            venue=self._texts("venue", before.venue if before else {}),
            about=self._texts("about", before.about if before else {}),
            country=told["country"],
            address=told["address"],
            time_zone=told["time_zone"],
            starts_at=self.times.starts_at,
            doors_at=self.times.doors_at,
            ends_at=self.times.ends_at,
            # The artist's own hue stays hers: where she changes it, the evening follows.
            hue=None if told["hue"] == artist_hue else told["hue"],
            tour=told["tour"],
            acts=[
                ActFacts(self._texts(f"act.{place}", self._act_before(place)), told[f"act.{place}.link"])
                for place in range(self.acts)
            ],
        )

    def group(self, name: str) -> list[Any]:
        """The bound fields of one group, such as every language of the title."""
        return [self[field] for field in self.fields if field.startswith(name + ".")]

    @property
    def titles(self) -> list[Any]:
        return self.group("title")

    @property
    def cities(self) -> list[Any]:
        return self.group("city")

    @property
    def venues(self) -> list[Any]:
        return self.group("venue")

    @property
    def abouts(self) -> list[Any]:
        return self.group("about")

    @property
    def act_rows(self) -> Iterator[list[Any]]:
        return (self.group(f"act.{place}") for place in range(self.acts))

    def _posted_acts(self) -> int:
        return sum(f"act.{place}.link" in self.data for place in range(facts.MOST_ACTS))

    def _act_before(self, place: int) -> Mapping[str, str]:
        acts = list(self.before.acts.all()) if self.before else []
        return acts[place].name if place < len(acts) else {}

    def _texts(self, group: str, before: Mapping[str, str]) -> dict[str, str]:
        return _merged({tag: self.cleaned_data[f"{group}.{tag}"] for tag, _language in TOLD_IN}, before)

    @classmethod
    def of(cls, show: Show, hue: int, **lists: Any) -> ShowForm:
        """The form filled with what is told now; `hue` is the one in force."""
        acts = list(show.acts.all())
        texts = {"title": show.title, "city": show.city, "venue": show.venue, "about": show.about}
        texts |= {f"act.{place}": act.name for place, act in enumerate(acts)}
        initial = {
            f"{group}.{'kk-Cyrl' if tag == 'kk' else tag}": text
            for group, told in texts.items()
            for tag, text in told.items()
        }
        initial |= {f"act.{place}.link": act.link for place, act in enumerate(acts)}
        initial |= times_initial(show) | {
            "slug": show.slug,
            "hue": hue,
            "country": show.country,
            "address": show.address,
            "time_zone": show.time_zone,
            "tour": show.tour.slug if show.tour else "",
        }
        return cls(before=show, initial=initial, acts=len(acts), **lists)


class ReasonForm(forms.Form):
    """Why, in each language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for tag, language in TOLD_IN:
            self.fields[f"reason.{tag}"] = _paragraphs(tag, language, facts.LONGEST_REASON, rows=2)

    @property
    def reasons(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("reason.")]

    @property
    def reason(self) -> dict[str, str]:
        return {tag: self.cleaned_data[f"reason.{tag}"] for tag, _language in TOLD_IN}


class PostponeForm(ReasonForm, TimesForm):
    """The new day, or none while it is still to come, and then no times either; and why."""

    def __init__(self, *args: Any, show: Show, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.show = show

    def clean(self) -> dict[str, Any]:
        # The times that it had stand there already: without a day they say nothing.
        if self.cleaned_data.get("day"):
            self.take_times(ZoneInfo(self.show.time_zone))
        return self.cleaned_data


class TourForm(forms.Form):
    """A tour's name in each language."""

    def __init__(self, *args: Any, artists: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if artists is None:
            self.fields["slug"] = forms.CharField(label=_("Address"), max_length=LONGEST_SLUG)
        else:
            self.fields["artist"] = forms.ChoiceField(label=_("Artist"), choices=artists)
            if len(artists) == 1:
                self.fields["artist"].widget = forms.HiddenInput()
                self.initial.setdefault("artist", artists[0][0])
        for tag, language in TOLD_IN:
            self.fields[f"name.{tag}"] = _line(tag, language)

    @property
    def names(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("name.")]

    def name(self, before: Mapping[str, str]) -> dict[str, str]:
        """The tour's name as the form tells it; what it does not show stays."""
        return _merged({tag: self.cleaned_data[f"name.{tag}"] for tag, _language in TOLD_IN}, before)


def times_initial(show: Show) -> dict[str, Any]:
    """Day and times of a show as clocks at its place tell them."""
    zone = ZoneInfo(show.time_zone)
    told = {"start": show.starts_at, "doors": show.doors_at, "end": show.ends_at}
    walls = {name: wall_time(at, zone) for name, at in told.items() if at is not None}
    day = {"day": walls["start"].date()} if "start" in walls else {}
    return day | {name: wall.time() for name, wall in walls.items()}


def _line(tag: str, language: str) -> forms.CharField:
    widget = forms.TextInput({"lang": tag, "dir": "ltr"})
    return forms.CharField(label=language, max_length=LONGEST_NAME, required=False, widget=widget)


def _paragraphs(tag: str, language: str, longest: int, rows: int) -> forms.CharField:
    widget = forms.Textarea({"lang": tag, "dir": "ltr", "rows": rows})
    return forms.CharField(label=language, max_length=longest, required=False, widget=widget)


def _merged(told: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """The texts that a form told, with those before in languages that it does not show; these go too where
    all that it showed was emptied."""
    shown = {"kk", *told}
    emptied = not any(told.values()) and any(tag in shown for tag in before)
    hidden = {} if emptied else {tag: text for tag, text in before.items() if tag not in shown}
    return {tag: text for tag, text in told.items() if text} | hidden
