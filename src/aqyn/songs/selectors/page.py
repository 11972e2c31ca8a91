"""The public song page: everything its template shows, chosen for one reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy, pgettext_lazy

from aqyn.core.lyrics.layers import default_layer, default_under, shown_tag
from aqyn.core.lyrics.model import Kind
from aqyn.core.lyrics.model import Layer as CoreLayer
from aqyn.core.script import direction
from aqyn.core.texts import choose
from aqyn.songs.models import Preparation, Song
from aqyn.songs.selectors.files import file_links
from aqyn.songs.selectors.jobs import Job, job
from aqyn.songs.selectors.known import public_rows
from aqyn.songs.selectors.lyrics import Times, layer_name, line_times, sources
from aqyn.songs.selectors.rows import LineRow, SongRows, whole_songs
from aqyn.songs.selectors.shown import (
    Alternate,
    Layer,
    PageArtist,
    PageCause,
    PageCredit,
    PageLine,
    PageRecording,
    PageSection,
    PageWord,
    SongPage,
    Under,
)
from aqyn.ui.languages import HREFLANG, WANTED

NOTHING_UNDER = "none"
SECTION_LABELS = {
    "verse": pgettext_lazy("part of a song", "Verse"),
    "chorus": pgettext_lazy("part of a song", "Chorus"),
    "prechorus": pgettext_lazy("part of a song", "Pre-chorus"),
    "bridge": pgettext_lazy("part of a song", "Bridge"),
    "intro": pgettext_lazy("part of a song", "Intro"),
    "outro": pgettext_lazy("part of a song", "Outro"),
    "refrain": pgettext_lazy("part of a song", "Refrain"),
    "spoken": pgettext_lazy("part of a song", "Spoken"),
    "interlude": pgettext_lazy("part of a song", "Interlude"),
}
ROLES = {
    "words": gettext_lazy("Words"),
    "music": gettext_lazy("Music"),
    "voice": gettext_lazy("Voice"),
    "sound": gettext_lazy("Sound"),
    "producer": gettext_lazy("Producer"),
    "arrangement": gettext_lazy("Arrangement"),
    "mix": gettext_lazy("Mix"),
    "mastering": gettext_lazy("Mastering"),
    "dombra": gettext_lazy("Dombra"),
    "guitar": gettext_lazy("Guitar"),
    "translation": gettext_lazy("Translation"),
}


MOST_PAGES = 64


@dataclass(frozen=True, slots=True)
class Place:
    """Which addresses the page links to. `key` for a song heard by link, `draft` for the crew's view."""

    code: str
    origin: str = ""
    key: str = ""
    draft: bool = False

    def page(self, slug: str, code: str, layer: str = "") -> str:
        tail = f"{layer}/" if layer else ""
        if self.key:
            return f"/{code}/heard/{self.key}/{tail}"
        return f"/studio/songs/{slug}/page/{tail}" if self.draft else f"/{code}/songs/{slug}/{tail}"

    def data(self, slug: str, name: str) -> str:
        if self.key:
            return f"/heard/{self.key}/{name}"
        return f"/studio/songs/{slug}/{name}" if self.draft else f"/songs/{slug}/{name}"


def song_page(
    slug: str = "",
    *,
    code: str,
    layer: str = "",
    under: str = "",
    key: str = "",
    draft: bool = False,
    origin: str = "",
) -> SongPage | None:
    """The page of a song for a reader whose interface is in `code` ("kk-latn"), or None where none is seen.

    A public song by `slug`; one heard by link by `key` alone; with `draft` whatever its state, for the crew.
    `layer` and `under` are tags of its layers, `under="none"` for no second reading; a tag that the song does
    not have gives None. Without them the reader's own script and language are chosen. `origin` as
    "https://madina.example", for absolute addresses.
    """
    if key:
        found = whole_songs(Song.objects.filter(publication__key=key))
    elif draft:
        found = whole_songs(Song.objects.filter(slug=slug))
    else:
        found = public_rows(slug=slug)
    return _drawn(found[0], Place(code, origin, key, draft), layer, under) if found else None


def _drawn(rows: SongRows, place: Place, layer: str, under: str) -> SongPage | None:
    """The page's values, made once for each reading of the same rows; how far a job is, asked each time."""
    asked = (place, layer, under)
    page = rows.pages.get(asked)
    if page is None:
        page = _page(rows, place, layer, under)
        # Addresses come from visitors: they may not fill the memory.
        if page is not None and len(rows.pages) < MOST_PAGES:
            rows.pages[asked] = page
    return replace(page, preparing=_preparing(rows.preparation)) if page and rows.preparation else page


def _page(rows: SongRows, place: Place, layer: str, under: str) -> SongPage | None:
    song = rows.song
    by_tag = {core.tag: core for core in rows.layers}
    usual = default_layer(rows.layers, WANTED[place.code])
    main = by_tag.get(layer) if layer else usual
    if main is None or (under and under != NOTHING_UNDER and under not in by_tag):
        return None
    beneath = by_tag.get(under) if under else default_under(rows.layers, place.code)
    beneath = None if beneath == main else beneath

    layers = [_layer(core, rows, place, main, beneath, under, usual) for core in rows.layers]
    times = {line.id: line_times(rows.cues.get(str(line.id))) for line in rows.lines}
    plain = place.page(song.slug, place.code, "" if main == usual else main.tag)
    canonical = place.origin + plain
    recording = rows.recording
    return SongPage(
        slug=song.slug,
        title=song.title,
        artist=PageArtist(song.artist.name, song.artist.slug, song.artist.hue),
        hue=song.artist.hue if song.hue is None else song.hue,
        year=song.year,
        story=song.story,
        themes=song.themes,
        credits=[
            PageCredit(_role(credit.get("role", "")), {song.language: credit.get("name", "")})
            for credit in song.credits
        ],
        cause=_cause(song),
        layers=layers,
        main=next(one for one in layers if one.chosen),
        under=next((one for one in layers if one.under), None),
        no_under_url=f"{plain}?{urlencode({'under': NOTHING_UNDER})}",
        sections=tuple(
            PageSection(
                section.kind,
                section.name,
                section.name or section_label(section.kind),
                tuple(_line(line, main.tag, beneath, times) for line in section.lines),
            )
            for section in rows.sections
        ),
        recording=PageRecording(
            recording.pk, sources(recording, place.key), recording.duration_ms, recording.peaks
        )
        if recording
        else None,
        timed=_timed(times),
        preparing=None,
        alternates=[
            Alternate(
                HREFLANG[code],
                place.origin + place.page(song.slug, code, main.tag if layer and main != usual else ""),
            )
            for code in HREFLANG
        ],
        canonical=canonical,
        json_url=place.data(song.slug, "lyrics.json"),
        ornament_url=place.data(song.slug, "ornament.svg"),
        files=file_links(rows, lambda name: place.data(song.slug, name), main.tag),
        json_ld=_json_ld(rows, place, canonical),
        wave=wave(rows),
        reach=rows.publication.reach if rows.publication else "draft",
    )


def _layer(
    core: CoreLayer,
    rows: SongRows,
    place: Place,
    main: CoreLayer,
    beneath: CoreLayer | None,
    under: str,
    usual: CoreLayer,
) -> Layer:
    slug = rows.song.slug
    # The choice beneath goes along, unless it becomes the words themselves.
    keep = f"?{urlencode({'under': under})}" if under and under != core.tag else ""
    here = place.page(slug, place.code, "" if main == usual else main.tag)
    return Layer(
        tag=core.tag,
        name=layer_name(core.tag),
        dir=direction(core.tag),
        kind=str(core.kind),
        url=place.page(slug, place.code, "" if core == usual else core.tag) + keep,
        under_url=f"{here}?{urlencode({'under': core.tag})}",
        chosen=core == main,
        under=core == beneath,
    )


def _line(line: LineRow, tag: str, beneath: CoreLayer | None, times: Mapping[int, Times]) -> PageLine:
    start, end, _ = times[line.id]
    words = tuple(PageWord(word.text, shown_tag(word.language, tag)) for word in line.words(tag))
    shown = _line_tag(line, tag)
    return PageLine(line.id, shown, direction(shown), words, _under(line, beneath), start, end)


def _line_tag(line: LineRow, layer: str) -> str:
    """The tag for `lang` of a whole line in a layer; that of the main words where the layer has none."""
    text = line.texts.get(layer)
    if text is not None and text.kind == Kind.TRANSLATION:
        return layer
    return shown_tag(line.language, layer if text is not None else line.main)


def _under(line: LineRow, beneath: CoreLayer | None) -> Under | None:
    if beneath is None or not line.has(beneath.tag):
        return None
    text = " ".join(word.text for word in line.words(beneath.tag))
    tag = _line_tag(line, beneath.tag)
    return Under(text, tag, direction(tag)) if text else None


def _timed(times: Mapping[int, Times]) -> str:
    if any(cues for _, _, cues in times.values()):
        return "words"
    return "lines" if any(start is not None for start, _, _ in times.values()) else "no"


def _preparing(open_job: Preparation) -> Job | None:
    """How far the open job is now, which no generation of the pages counts."""
    now = Preparation.objects.filter(pk=open_job.pk, finished_at=None).select_related("song").first()
    return job(now) if now else None


def _cause(song: Song) -> PageCause | None:
    cause = getattr(song, "cause", None)
    if cause is None:
        return None
    partner = {song.language: cause.partner} if cause.partner else {}
    return PageCause(cause.title, cause.text, partner, cause.link)


def section_label(kind: str) -> str:
    """What a section is called in the reader's language."""
    return str(SECTION_LABELS.get(kind, kind))


def _role(role: dict[str, str] | str) -> dict[str, str] | str:
    return role if isinstance(role, dict) else str(ROLES.get(role, role))


def wave(rows: SongRows) -> list[int]:
    """What the ornament is drawn from, 0–99: the recording's peaks, or the words' lengths without one."""
    if rows.recording and rows.recording.peaks:
        return list(rows.recording.peaks)
    lengths = [len(word.text) for line in rows.lines for word in line.words(rows.song.language)]
    lengths = lengths or [len(text) for text in rows.song.title.values()] or [1]
    longest = max(lengths)
    return [round(99 * length / longest) for length in lengths]


def _json_ld(rows: SongRows, place: Place, canonical: str) -> dict[str, Any]:
    """The page for search engines: a MusicRecording of a MusicComposition (schema.org)."""
    song = rows.song
    wanted = [song.language, *WANTED[place.code]]
    artist = {"@type": "MusicGroup", "name": choose(song.artist.name, wanted).text}
    composition: dict[str, Any] = {
        "@type": "MusicComposition",
        "name": choose(song.title, wanted).text,
        "inLanguage": sorted({song.language.split("-")[0], *(line.language for line in rows.lines)}),
        "lyrics": {
            "@type": "CreativeWork",
            "inLanguage": song.language,
            "text": "\n".join(
                " ".join(word.text for word in line.words(song.language)) for line in rows.lines
            ),
        },
    }
    if song.year:
        composition["datePublished"] = str(song.year)
    known = {"@context": "https://schema.org", "url": canonical}
    if rows.recording is None:
        return known | composition | {"composer": artist}
    milliseconds = rows.recording.duration_ms
    names = {text for text in song.title.values() if text != composition["name"]}
    return known | {
        "@type": "MusicRecording",
        "name": composition["name"],
        **({"alternateName": sorted(names)} if names else {}),
        "byArtist": artist,
        "duration": f"PT{milliseconds // 60000}M{milliseconds % 60000 // 1000}S",
        "recordingOf": composition,
    }
