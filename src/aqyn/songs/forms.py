"""What the crew types about a song, turned into facts. What is wrong is told by the services' own
sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aqyn.core.lyrics.formats import Format, Sheet, guess
from aqyn.core.lyrics.meeting import fitting
from aqyn.core.lyrics.model import Line, LyricsError, Section, plain
from aqyn.core.lyrics.pasted import read_pasted
from aqyn.core.lyrics.timing import LineCues
from aqyn.core.script import guess_language
from aqyn.core.script import slug as slug_of
from aqyn.core.texts import seen
from aqyn.songs import checks
from aqyn.songs.facts import CauseFacts, SongFacts
from aqyn.songs.folders.safe import LARGEST_TEXT
from aqyn.songs.models import Recording
from aqyn.songs.sentences import FileTooLarge, Refusal, lyrics_sentence

LANGUAGES = [
    ("kk-Cyrl", _("Kazakh, Cyrillic")),
    ("kk-Latn", _("Kazakh, Latin")),
    ("kk-Arab", _("Kazakh, Arabic script")),
    ("ru", _("Russian")),
    ("en", _("English")),
]
TOLD_IN = ("kk", "ru", "en")
LARGEST_OFFSET_MS = 600_000
SOUND_FILES = "audio/*,.wav,.flac,.mp3,.m4a,.aac,.ogg,.opus"
WORDS_FILES = ".lrc,.ttml,.vtt,.srt,.ass,.ssa,.txt,text/plain"
# Marks of a section, chords and words of another language: not what a song's own language is told by.
_MARKS = re.compile(r"\[[^\]\n]*\]|\{[A-Za-z-]+:[^}\n]*\}")
NO_RECORDING = "none"
NAMES = {"kk": _("in Kazakh"), "ru": _("in Russian"), "en": _("in English")}


class NewSong(forms.Form):
    """A song to begin with: words, typed or in a file; everything else can be told later.

    Where nobody says them, the language is that of the letters and the title is the first line. `cues`: the
    times of the file, one entry for each line, or none.
    """

    words = forms.CharField(
        label=pgettext_lazy("of a song", "Words"),
        widget=forms.Textarea(attrs={"rows": 12, "class": "words", "spellcheck": "false"}),
        help_text=_(
            "A line for each line, an empty one between verses. [chorus] over a chorus. "
            "Words of another language in braces: {ru:море}."
        ),
        error_messages={"required": _("Write or paste the words, or choose a file with them.")},
    )
    words_file = forms.FileField(
        label=_("or a file with them"),
        required=False,
        widget=forms.FileInput(attrs={"accept": WORDS_FILES}),
        help_text=_("LRC, TTML, WebVTT, SRT, ASS or plain text."),
    )
    recording = forms.FileField(
        label=_("Recording"),
        required=False,
        widget=forms.FileInput(attrs={"accept": SOUND_FILES}),
        help_text=_("WAV, FLAC, MP3, M4A, AAC or OGG. It can come later."),
    )
    title = forms.CharField(
        label=_("Title"), max_length=120, required=False, help_text=_("Left empty, it is the first line.")
    )
    language = forms.ChoiceField(
        label=_("Language of the words"),
        choices=[("", _("As its letters say")), *LANGUAGES],
        required=False,
    )
    artist = forms.ChoiceField(label=_("Artist"))

    def __init__(
        self,
        *args: Any,
        artists: list[tuple[str, str]],
        carried: tuple[bytes, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.carried = carried
        """The words file that was looked at before, and its name."""
        self.fresh = bool(self.files.get("words_file"))
        """Whether a words file came that nobody has looked at."""
        # The one thing asked, unless a file holds it.
        self.fields["words"].required = not (self.fresh or carried)
        self.fields["artist"] = forms.ChoiceField(label=_("Artist"), choices=artists)
        self.sheet: Sheet | None = None
        self.source = ""
        self.cues: list[LineCues | None] = []
        if len(artists) == 1:
            self.fields["artist"].widget = forms.HiddenInput()
            self.initial.setdefault("artist", artists[0][0])

    def clean_words_file(self) -> tuple[Format, Sheet] | None:
        sent = self.cleaned_data.get("words_file")
        if sent:
            if sent.size > LARGEST_TEXT:
                raise forms.ValidationError(str(FileTooLarge(file=sent.name, most=LARGEST_TEXT >> 20)))
            self.carried = sent.read(), sent.name or ""
        if self.carried is None:
            return None
        try:
            return guess(*self.carried)
        except LyricsError as error:
            raise forms.ValidationError(lyrics_sentence(error)) from None

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        typed = seen(told.get("words", ""))
        if told.get("words_file"):
            form, self.sheet = told["words_file"]
            self.source = form.label
        if "words" in self.errors or "words_file" in self.errors:
            return told
        if typed.strip() and self.sheet is not None:
            self.add_error("words_file", _("There are words above as well: leave one of them out."))
            return told
        said = "\n".join(line.text for line in self.sheet.lines) if self.sheet else typed
        told["language"] = told.get("language") or self._language(said)
        primary = told["language"].split("-")[0]
        try:
            found = spoken(self.sheet, primary) if self.sheet else read_pasted(typed, primary)
            told["words"] = checks.sections(found)
        except LyricsError as error:
            self.add_error("words", lyrics_sentence(error))
        except Refusal as refusal:
            self.add_error("words", str(refusal))
        else:
            sung = [len(line.words) for section in told["words"] for line in section.lines]
            times = self.sheet.cues if self.sheet else [None] * len(sung)
            self.cues = [line and fitting(line, words) for line, words in zip(times, sung, strict=True)]
        return told

    def _language(self, said: str) -> str:
        """What the file says of itself, if the house knows it; else what the letters say, marks left out."""
        tag = checks.main_tag(self.sheet.language) if self.sheet and self.sheet.language else ""
        return tag if tag in dict(LANGUAGES) else guess_language(_MARKS.sub("", said))

    @property
    def facts(self) -> SongFacts:
        told = self.cleaned_data
        lines = [plain(line.text) for section in told["words"] for line in section.lines]
        title = told["title"] or (self.sheet.title.strip() if self.sheet else "") or lines[0]
        title = title[: checks.LONGEST_NAME].rstrip(" ,;:—–-")
        return SongFacts(
            slug=slug_of(title)[:80].strip("-") or "song",
            title={told["language"]: title},
            language=told["language"],
        )


def spoken(sheet: Sheet, language: str) -> tuple[Section, ...]:
    """The words of a lyrics file, each line that says no language in this one."""

    def told(line: Line) -> Line:
        return replace(line, language=language) if line.language in ("", "und") else line

    return tuple(replace(part, lines=tuple(map(told, part.lines))) for part in sheet.sections)


class Meeting(forms.Form):
    """How a lyrics file is to meet the song."""

    language = forms.ChoiceField(label=_("Language of its words"))
    recording = forms.ChoiceField(label=_("Recording that its times are for"))
    offset = forms.IntegerField(
        label=_("Move its times by, in ms"),
        min_value=-LARGEST_OFFSET_MS,
        max_value=LARGEST_OFFSET_MS,
        widget=forms.NumberInput(attrs={"step": 10, "dir": "ltr"}),
        help_text=_("Above 0 the words come later."),
    )
    over_times = forms.BooleanField(label=_("Replace times that are there"), required=False)
    over_readings = forms.BooleanField(label=_("Replace readings that are written by hand"), required=False)

    def __init__(
        self, *args: Any, languages: list[tuple[str, Any]], recordings: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(label=self.fields["language"].label, choices=languages)
        self.fields["recording"] = forms.ChoiceField(
            label=self.fields["recording"].label,
            choices=[*recordings, (NO_RECORDING, _("None: leave its times"))],
        )


KINDS = [
    (Recording.Kind.STUDIO.value, pgettext_lazy("kind of recording", "Studio")),
    (Recording.Kind.DEMO.value, pgettext_lazy("kind of recording", "Demo")),
    (Recording.Kind.LIVE.value, pgettext_lazy("kind of recording", "Live")),
    (Recording.Kind.INSTRUMENTAL.value, pgettext_lazy("kind of recording", "Instrumental")),
]


class Sound(forms.Form):
    """A recording to bring in. Its name can be told later."""

    file = forms.FileField(
        label=_("Sound file"),
        widget=forms.FileInput(attrs={"accept": SOUND_FILES}),
        help_text=_("WAV, FLAC, MP3, M4A, AAC or OGG."),
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS, required=False)
    replaces = forms.ChoiceField(
        label=_("In place of"),
        required=False,
        help_text=_(
            "The other one goes once this one plays and has taken its times over. "
            "Where they are not the same performance, both stay."
        ),
    )

    def __init__(self, *args: Any, recordings: Sequence[Recording] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "sound_%s", **kwargs})
        if recordings:
            told = [(str(row.pk), row.name or row.filename) for row in recordings]
            self.fields["replaces"].choices = [("", _("None: it stands beside them")), *told]  # type: ignore[attr-defined]
        else:
            del self.fields["replaces"]


class Facts(forms.Form):
    """What is told of a song beside its words."""

    slug = forms.CharField(
        label=_("Address"), max_length=80, help_text=_("The last part of its page's address.")
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1800, max_value=2200)
    hue = forms.IntegerField(
        label=_("Hue"),
        min_value=0,
        max_value=359,
        widget=forms.NumberInput(attrs={"type": "range", "min": 0, "max": 359}),
        help_text=_("All colours of the song's page come from this one."),
    )
    credits = forms.CharField(
        label=_("Credits"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One a line, as in “music: Madina”. Roles the house knows are translated: words, music, voice."
        ),
    )
    partner = forms.CharField(label=_("Partner"), max_length=120, required=False)
    link = forms.CharField(label=_("Link"), max_length=500, required=False)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        self.own = {"kk": "kk-Cyrl"}.get(language, language)
        for tag in self.title_tags:
            self.fields[f"title.{tag}"] = forms.CharField(
                label=dict(LANGUAGES).get(tag, tag), max_length=120, required=tag == self.own
            )
        for tag in TOLD_IN:
            self.fields[f"story.{tag}"] = _text(NAMES[tag], 5)
            self.fields[f"themes.{tag}"] = forms.CharField(label=NAMES[tag], max_length=1000, required=False)
            self.fields[f"cause.title.{tag}"] = forms.CharField(
                label=NAMES[tag], max_length=120, required=False
            )
            self.fields[f"cause.text.{tag}"] = _text(NAMES[tag], 3)

    @property
    def title_tags(self) -> list[str]:
        return list(dict.fromkeys([self.own, "kk-Cyrl", "ru", "en"]))

    def rows(self, prefix: str) -> list[Any]:
        """The bound fields of one group, such as every language of the story."""
        return [self[name] for name in self.fields if name.startswith(prefix + ".")]

    @property
    def titles(self) -> list[Any]:
        return self.rows("title")

    @property
    def stories(self) -> list[Any]:
        return self.rows("story")

    @property
    def themes(self) -> list[Any]:
        return self.rows("themes")

    @property
    def cause_titles(self) -> list[Any]:
        return self.rows("cause.title")

    @property
    def cause_texts(self) -> list[Any]:
        return self.rows("cause.text")

    def facts(self, before: SongFacts) -> SongFacts:
        """The song's facts as the form now tells them; what the form does not show stays as it was."""
        told = self.cleaned_data
        listed = {tag: [t.strip() for t in told[f"themes.{tag}"].split(",")] for tag in TOLD_IN}
        count = max((len(themes) for themes in listed.values()), default=0)
        themes = [{t: themes[i] for t, themes in listed.items() if i < len(themes)} for i in range(count)]
        title = self._texts("cause.title", before.cause.title if before.cause else {})
        text = self._texts("cause.text", before.cause.text if before.cause else {})
        return SongFacts(
            slug=told["slug"],
            title=self._texts("title", before.title),
            language=before.language,
            hue=told["hue"],
            year=told["year"],
            story=self._texts("story", before.story),
            themes=themes,
            credits=_credits(told["credits"], before),
            cause=CauseFacts(title, text, told["partner"], told["link"]) if any(title.values()) else None,
        )

    def _texts(self, group: str, before: Mapping[str, str]) -> dict[str, str]:
        shown = {name.removeprefix(group + "."): name for name in self.fields if name.startswith(group + ".")}
        hidden = {tag: text for tag, text in before.items() if _shown_as(tag, shown) is None}
        return {
            tag: self.cleaned_data[name] for tag, name in shown.items() if self.cleaned_data[name]
        } | hidden

    @classmethod
    def of(cls, facts: SongFacts, hue: int) -> Facts:
        """The form filled with what is told now; `hue` is the one in force."""
        form = cls(language=facts.language)
        cause = facts.cause or CauseFacts({})
        form.initial = {
            "slug": facts.slug,
            "year": facts.year,
            "hue": hue,
            "credits": "\n".join(f"{_role(c)}: {c['name']}" for c in facts.credits),
            "partner": cause.partner,
            "link": cause.link,
        }
        themes = {tag: ", ".join(_near(theme, tag) for theme in facts.themes) for tag in TOLD_IN}
        form.initial |= {f"themes.{tag}": listed.strip(", ") for tag, listed in themes.items()}
        for group, texts in (
            ("title", facts.title),
            ("story", facts.story),
            ("cause.title", cause.title),
            ("cause.text", cause.text),
        ):
            shown = {name.removeprefix(group + ".") for name in form.fields if name.startswith(group + ".")}
            for tag, text in texts.items():
                into = _shown_as(tag, shown)
                if into is not None:
                    form.initial[f"{group}.{into}"] = text
        return form


def _text(label: Any, rows: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}))


def _shown_as(tag: str, shown: Any) -> str | None:
    """The field that shows a text under this tag: plain Kazakh and Kazakh in Cyrillic are one."""
    alias = {"kk": "kk-Cyrl", "kk-Cyrl": "kk"}.get(tag, "")
    return tag if tag in shown else alias if alias in shown else None


def _near(theme: Mapping[str, str], tag: str) -> str:
    return theme.get(tag) or (theme.get("kk-Cyrl", "") if tag == "kk" else "")


def _role(credit: Mapping[str, Any]) -> str:
    role = credit["role"]
    return next(iter(role.values()), "") if isinstance(role, Mapping) else str(role)


def _credits(text: str, before: SongFacts) -> list[dict[str, Any]]:
    """Lines of “role: name”. A role told in several languages stays so while its first one is not changed."""
    known = {_role(credit): credit["role"] for credit in before.credits}
    credits = []
    for line in text.splitlines():
        role, colon, name = line.partition(":")
        if line.strip():
            said = role.strip() if colon else ""
            credits.append({"role": known.get(said, said), "name": (name if colon else line).strip()})
    return credits
