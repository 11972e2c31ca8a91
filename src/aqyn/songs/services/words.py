"""The words of a song: what stays in them keeps its readings and its times whenever they change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.core.lyrics.keeping import kept_lines, kept_times
from aqyn.core.lyrics.layers import pieces, shown_tag
from aqyn.core.lyrics.model import Kind, Section, Word, kind_of_tag, parse_marked
from aqyn.core.lyrics.model import Line as Words
from aqyn.core.lyrics.timing import from_json, to_json
from aqyn.songs import checks
from aqyn.songs.models import Hearing, Line, LineText, Song, Timing
from aqyn.songs.models import Section as SectionRow
from aqyn.songs.services.proposing import parted
from aqyn.songs.services.readings import MADE, WRITTEN, make
from aqyn.songs.services.rows import done, song_held


def change_words(*, song: str, sections: Sequence[Section], now: datetime, actor: Any = None) -> None:
    """Other words for the song. A line that stayed keeps its readings and its times in every recording.

    A line that was changed keeps its translations and what she overruled, for her to look at again; its made
    layers are made anew; words that stayed keep their times, new ones are spread over the gap they stand in.
    A line that is new, or has become the words of one that was there, reads as that one does.
    """
    words = checks.sections(sections)
    with transaction.atomic():
        row = song_held(song)
        write_words(row, words, keep_readings=True)
        done("words changed", song, actor)


def write_words(song: Song, sections: Sequence[Section], *, keep_readings: bool) -> list[int]:
    """Make these the song's words, in the transaction of the caller; the ids of the lines, in order.

    Lines that were there keep their ids, and with them their times. Their readings are kept as well, or,
    without `keep_readings`, become those given.
    """
    before = list(
        Line.objects.filter(section__song=song)
        .order_by("section__position", "position")
        .prefetch_related("texts")
    )
    texts = [next((t.text for t in line.texts.all() if t.kind == Kind.MAIN), "") for line in before]
    sung = {str(line.pk): parse_marked(text, line.language) for line, text in zip(before, texts, strict=True)}
    after = [line for section in sections for line in section.lines]
    places = kept_lines(texts, [line.text for line in after])
    kept = [None if place is None else before[place] for place in places]
    old_sections = list(SectionRow.objects.filter(song=song).values_list("pk", flat=True))
    rows = _placed(song, sections, kept)
    # The kept lines now stand in the new sections; what is left in the old ones goes with them.
    SectionRow.objects.filter(pk__in=old_sections).delete()

    known = dict(zip(texts, before, strict=True)) if keep_readings else {}
    # A line that was changed into another one's words reads as that one, too.
    fresh = {
        row.pk
        for row, place, words in zip(rows, places, after, strict=True)
        if place is None or not keep_readings or (texts[place] != words.text and words.text in known)
    }
    LineText.objects.filter(line__in=fresh).delete()
    LineText.objects.filter(line__in=rows, kind=Kind.MAIN).delete()
    LineText.objects.bulk_create(
        text
        for row, words in zip(rows, after, strict=True)
        for text in _texts(row, words, song.language, row.pk in fresh, known.get(words.text))
    )
    make(song, [row.pk for row in rows])
    _follow(song, sung, {str(row.pk): words.words for row, words in zip(rows, after, strict=True)})
    return [row.pk for row in rows]


def _placed(song: Song, sections: Sequence[Section], kept: Sequence[Line | None]) -> list[Line]:
    """The line rows in order, in new sections; old ones moved, the others made."""
    made = SectionRow.objects.bulk_create(
        SectionRow(song=song, position=place, kind=section.kind, name=section.name)
        for place, section in enumerate(sections)
    )
    rows = []
    at = 0
    for row, section in zip(made, sections, strict=True):
        for position, words in enumerate(section.lines):
            line = kept[at] or Line()
            line.section, line.position, line.language = row, position, words.language
            line.chords = [[chord.word, chord.at, chord.name] for chord in words.chords]
            rows.append(line)
            at += 1
    Line.objects.bulk_update(
        [row for row in rows if row.pk], ["section", "position", "language", "chords"], batch_size=100
    )
    Line.objects.bulk_create([row for row in rows if not row.pk])
    return rows


def _texts(row: Line, words: Words, main: str, fresh: bool, equal: Line | None) -> list[LineText]:
    """The main text of a line; for a fresh line also its readings, else those of an equal one."""
    texts = [LineText(line=row, tag=main, kind=Kind.MAIN, text=words.text, origin=WRITTEN)]
    if not fresh:
        return texts
    told: dict[str, Any] = {text.tag: text for text in equal.texts.all()} if equal else {}
    for tag, said in (told | dict(words.readings)).items():
        if said.origin != MADE and tag != main:
            kind = kind_of_tag(tag, main)
            texts.append(
                LineText(
                    line=row,
                    tag=tag,
                    kind=kind,
                    text=said.text,
                    origin=said.origin,
                    scheme=said.scheme,
                    guessed=said.guessed,
                )
            )
    return texts


def _follow(song: Song, before: Mapping[str, Sequence[Word]], after: Mapping[str, Sequence[Word]]) -> None:
    """Carry the times of every recording, and those that wait for one, over to the changed words; both by
    the line's id as text."""

    def followed(there: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
        return {
            line: times if before[line] == after[line] else _carried(times, before[line], after[line], song)
            for line, times in there.items()
            if line in before and line in after
        }

    for timing in Timing.objects.filter(recording__song=song):
        cues = followed(timing.cues)
        if cues != timing.cues:
            timing.cues = cues
            timing.save(update_fields=["cues"])
    for hearing in Hearing.objects.filter(recording__song=song).exclude(cues={}):
        # Nobody has heard a line of which no proposed word is left.
        hearing.cues = parted(followed(hearing.cues))[1]
        hearing.save(update_fields=["cues"])
    if song.waiting_times:
        cues = followed(song.waiting_times["cues"])
        song.waiting_times = song.waiting_times | {"cues": cues} if cues else {}
        song.save(update_fields=["waiting_times"])


def _carried(times: list[Any], before: Sequence[Word], after: Sequence[Word], song: Song) -> list[Any]:
    syllables = [pieces(word.text, shown_tag(word.language, song.language)) for word in after]
    changed = kept_times(
        from_json(times), [word.text for word in before], [word.text for word in after], syllables
    )
    return to_json(changed)
