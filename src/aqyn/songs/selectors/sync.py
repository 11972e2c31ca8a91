"""What the sync desk is given: a song's words with their syllables, the times of one recording, its sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from aqyn.core.lyrics.layers import shown_tag
from aqyn.core.lyrics.model import Kind
from aqyn.core.lyrics.spreading import lasts_ms, weight
from aqyn.core.lyrics.timing import SURE
from aqyn.core.script import direction
from aqyn.media import backends
from aqyn.songs.models import Hearing, Preparation, Recording, Song, Waveform
from aqyn.songs.selectors.hearing import cues_of
from aqyn.songs.selectors.jobs import Job, job
from aqyn.songs.selectors.lyrics import cut_words, layer_name, sources
from aqyn.songs.selectors.page import wave
from aqyn.songs.selectors.rows import LineRow, SongRows, whole_songs
from aqyn.songs.sentences import ear_sentence
from aqyn.ui.languages import TAGS


@dataclass(frozen=True, slots=True)
class Script:
    """One script of the words, to be chosen on the desk; `chosen` is the one that is shown."""

    tag: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class OtherEar:
    """A recogniser that may listen in the place of the house's own ear. `lacks`: one sentence, or "" where it
    can."""

    name: str
    title: str
    lacks: str


@dataclass(frozen=True, slots=True)
class SyncDesk:
    """What songs/studio/sync.html is given as `desk`; `data` is what its script reads.

    `drawn`: whether the recording has its waveform. `preparing`: the open job on it; `failed`: its last job,
    if that failed.
    """

    slug: str
    title: dict[str, str]
    hue: int
    wave: list[int]
    public: bool
    recording: Recording
    name: str
    scripts: tuple[Script, ...]
    data: dict[str, Any]
    ears: tuple[OtherEar, ...]
    playable: bool
    drawn: bool
    preparing: Job | None
    failed: Preparation | None


def recording_cues(slug: str, recording: int) -> dict[str, Any] | None:
    """The recording's times as its desk shows them, what is proposed among them; by line id as text. None
    where there is no such recording."""
    found = (
        Recording.objects.filter(pk=recording, song__slug=slug).select_related("timing", "hearing").first()
    )
    return None if found is None else _cues(found)


def has_ear(recording: int) -> bool:
    """Whether its lines can be heard again."""
    return Hearing.objects.filter(recording=recording).exclude(ear="").exists()


def last_hearing(recording: int) -> Preparation | None:
    """The last job to hear the recording, open or over."""
    jobs = Preparation.objects.filter(recording=recording, kind="hear").select_related("song")
    return jobs.order_by("-pk").first()


def sync_desk(slug: str, recording: int, *, code: str, layer: str = "") -> SyncDesk | None:
    """The desk for a recording of the song, or None where there is no such one.

    The words stand in the script `layer`; without it, or where the song does not have it, in the script of
    the interface `code`, else as they are written.
    """
    found = whole_songs(Song.objects.filter(slug=slug))
    row = next((row for rows in found for row in rows.recordings if row.pk == recording), None)
    if row is None:
        return None
    [rows] = found
    tags = [layer.tag for layer in rows.layers if layer.kind is not Kind.TRANSLATION]
    shown = next((tag for tag in (layer, TAGS[code]) if tag in tags), rows.song.language)
    last = (
        Preparation.objects.filter(recording=row, kind="recording")
        .select_related("song")
        .order_by("-pk")
        .first()
    )
    return SyncDesk(
        slug=slug,
        title=rows.song.title,
        hue=rows.song.artist.hue if rows.song.hue is None else rows.song.hue,
        wave=wave(rows),
        public=rows.public,
        recording=row,
        name=row.name or row.filename,
        scripts=tuple(Script(tag, layer_name(tag), tag == shown) for tag in tags),
        data=_data(rows, row, shown),
        ears=tuple(OtherEar(name, kind.title, ear_sentence(name)) for name, kind in backends.KINDS.items()),
        playable=bool(row.encodings.all()),
        drawn=Waveform.objects.filter(recording=row).exists(),
        preparing=job(last) if last is not None and last.finished_at is None else None,
        failed=last if last is not None and last.error else None,
    )


def waveform_levels(slug: str, recording: int) -> bytes | None:
    """How loud the recording sounds at each hundredth of a second, or None where nobody has measured it."""
    found = Waveform.objects.filter(recording=recording, recording__song__slug=slug)
    levels = found.values_list("levels", flat=True).first()
    return None if levels is None else bytes(levels)


def _data(rows: SongRows, recording: Recording, shown: str) -> dict[str, Any]:
    """`lines` in their order, `cues` as `Timing.cues`; times in whole ms.

    `words`: text, lang, dir, pieces (the syllables that are shown) and weights (of the syllables that are
    sung, by `core.lyrics.spreading`). `lasts`: ms that the line plausibly lasts.
    """
    cues = _cues(recording)
    lines = [_line(line, rows.song.language, shown) for line in rows.lines]
    ids = {str(line["id"]) for line in lines}
    counts = {len(word["weights"]) for line in lines for word in line["words"]}
    counts |= {line["count"] for line in lines}
    return {
        "recording": recording.pk,
        "duration": recording.duration_ms,
        "sources": sources(recording),
        "lines": lines,
        "cues": {line: value for line, value in cues.items() if line in ids},
        "ear": bool(recording.hearing.ear) if hasattr(recording, "hearing") else False,
        "hearing": heard_state(last_hearing(recording.pk)),
        "sure": {str(origin): sure for origin, sure in SURE.items()},
        "syllables": {count: _syllables(count) for count in counts},
    }


def heard_state(last: Preparation | None) -> dict[str, Any] | None:
    """Where a hearing stands: its `job`, its `percent`, `state` and `sentence` as in `Job`."""
    if last is None or last.cancelled_at is not None:
        return None
    told = job(last)
    return {"job": told.id, "percent": told.percent, "state": told.state, "sentence": told.sentence}


def _cues(recording: Recording) -> dict[str, Any]:
    return cues_of(getattr(recording, "timing", None), getattr(recording, "hearing", None))


def _line(line: LineRow, main: str, shown: str) -> dict[str, Any]:
    sung = cut_words(line, main)
    tag = shown if len(line.words(shown)) == len(sung) else main
    words = [
        _word(word.text, shown_tag(word.language, tag), pieces, weights)
        for word, pieces, weights in zip(line.words(tag), cut_words(line, tag), sung, strict=True)
    ]
    own = shown_tag(line.language, tag)
    count = sum(map(len, sung))
    return {
        "id": line.id,
        "lang": own,
        "dir": direction(own),
        "words": words,
        "count": count,
        "lasts": lasts_ms(count),
    }


def _word(text: str, tag: str, pieces: tuple[str, ...], sung: tuple[str, ...]) -> dict[str, Any]:
    return {
        "text": text,
        "lang": tag,
        "dir": direction(tag),
        "pieces": pieces if len(pieces) == len(sung) else [text],
        "weights": [weight(piece) for piece in sung],
    }


def _syllables(count: int) -> str:
    return ngettext("%(count)d syllable", "%(count)d syllables", count) % {"count": count}
