"""The words of a song and their layers: hers stay hers, the house's are made again whenever the words
change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from django.db import transaction

from aqyn.core.lyrics.layers import makes, pronounced
from aqyn.core.lyrics.model import Kind, LayerText, Section, kind_of_tag, parse_marked
from aqyn.core.lyrics.model import Line as Words
from aqyn.songs import checks
from aqyn.songs import sentences as refuse
from aqyn.songs.models import Line, LineText, Song, Timing
from aqyn.songs.models import Section as SectionRow
from aqyn.songs.services.rows import done, song_held, song_of_line_held

MADE, WRITTEN = LineText.Origin.MADE, LineText.Origin.WRITTEN


def change_words(*, song: str, sections: Sequence[Section], now: datetime, actor: Any = None) -> None:
    """Other words for the song. A line that stayed keeps its readings and its times in every recording.

    A line that was changed keeps its translations and what she overruled, for her to look at again; its made
    layers are made anew, and where it now has another number of words, only the line's own times are kept.
    """
    words = checks.sections(sections)
    with transaction.atomic():
        row = song_held(song)
        write_words(row, words, keep_readings=True)
        done("words changed", song, actor)


def overrule_line(*, line: int, tag: str, text: str, now: datetime, actor: Any = None) -> None:
    """Her own text for a line in a layer: it stays until she gives it back, whatever the house would make.

    An empty text takes a translation away. Raises a Refusal.
    """
    wanted = checks.tag(tag)
    with transaction.atomic():
        song, row = song_of_line_held(line)
        kind = kind_of_tag(wanted, song.language)
        if kind is Kind.MAIN:
            raise refuse.MainIsNotOverruled
        said = checks.layer_text(text, wanted if kind is Kind.TRANSLATION else row.language)
        if said:
            LineText.objects.update_or_create(
                line=row,
                tag=wanted,
                defaults={"kind": kind, "text": said, "origin": WRITTEN, "scheme": "", "guessed": False},
            )
        elif kind is Kind.TRANSLATION:
            LineText.objects.filter(line=row, tag=wanted).delete()
        else:
            raise refuse.EmptyLine
        done(f"line overruled in {wanted}", song.slug, actor)


def give_back_line(*, line: int, tag: str, now: datetime, actor: Any = None) -> None:
    """Let the house make this line of this layer again. Raises NotMade where it cannot."""
    wanted = checks.tag(tag)
    with transaction.atomic():
        song, row = song_of_line_held(line)
        if wanted not in makes(song.language):
            raise refuse.NotMade
        if not LineText.objects.filter(line=row, tag=wanted).exclude(origin=MADE).delete()[0]:
            raise refuse.NothingWrittenHere
        _make(song, [row])
        done(f"line given back in {wanted}", song.slug, actor)


def make_layers(*, song: str, now: datetime, actor: Any = None) -> int:
    """Make every layer that the house makes by today's rules, except where she wrote; how many lines."""
    with transaction.atomic():
        row = song_held(song)
        changed = _make(row, Line.objects.filter(section__song=row))
        done("layers made", song, actor)
    return changed


def write_words(song: Song, sections: Sequence[Section], *, keep_readings: bool) -> list[int]:
    """Make these the song's words, in the transaction of the caller; the ids of the lines, in order.

    Lines that were there keep their ids, and with them their times. Their readings are kept as well, or,
    without `keep_readings`, become those given.
    """
    before = [
        (line, next((t.text for t in line.texts.all() if t.kind == Kind.MAIN), ""))
        for line in Line.objects.filter(section__song=song)
        .order_by("section__position", "position")
        .prefetch_related("texts")
    ]
    after = [line for section in sections for line in section.lines]
    kept = _matched(before, after)
    old_sections = list(SectionRow.objects.filter(song=song).values_list("pk", flat=True))
    rows = _placed(song, sections, kept)
    # The kept lines now stand in the new sections; what is left in the old ones goes with them.
    SectionRow.objects.filter(pk__in=old_sections).delete()

    gone = (
        [row.pk for row in rows]
        if not keep_readings
        else [row.pk for row, old in zip(rows, kept, strict=True) if old is None]
    )
    LineText.objects.filter(line__in=gone).delete()
    LineText.objects.filter(line__in=rows, kind=Kind.MAIN).delete()
    LineText.objects.bulk_create(
        text
        for row, words in zip(rows, after, strict=True)
        for text in _texts(row, words, song.language, row.pk in set(gone))
    )
    _make(song, rows)
    _follow(song, rows, after, {line.pk: text for line, text in before})
    return [row.pk for row in rows]


def _matched(before: Sequence[tuple[Line, str]], after: Sequence[Words]) -> list[Line | None]:
    """For each new line the old one that it is, or None. Order is kept, so times stay in order too."""
    kept: list[Line | None] = [None] * len(after)
    old, new = (
        [(line.language, text) for line, text in before],
        [(line.language, line.text) for line in after],
    )
    for deed, a, a_end, b, b_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        # As many lines in place of as many: each is the old line, changed.
        if deed == "equal" or (deed == "replace" and a_end - a == b_end - b):
            for step in range(a_end - a):
                kept[b + step] = before[a + step][0]
    return kept


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


def _texts(row: Line, words: Words, main: str, with_readings: bool) -> list[LineText]:
    texts = [LineText(line=row, tag=main, kind=Kind.MAIN, text=words.text, origin=WRITTEN)]
    if with_readings:
        texts += [
            LineText(
                line=row,
                tag=tag,
                kind=kind_of_tag(tag, main),
                text=said.text,
                origin=said.origin,
                scheme=said.scheme,
                guessed=said.guessed,
            )
            for tag, said in words.readings.items()
            if said.origin != MADE and tag != main
        ]
    return texts


def _make(song: Song, lines: Any) -> int:
    """Make what the house makes of these lines, not touching what she wrote; how many texts changed."""
    tags = makes(song.language)
    texts = list(LineText.objects.filter(line__in=list(lines)).select_related("line"))
    # Without a Kazakh word a layer would only repeat what is written.
    if not any(
        word.language == "kk"
        for main in LineText.objects.filter(line__section__song=song, kind=Kind.MAIN).select_related("line")
        for word in parse_marked(main.text, main.line.language)
    ):
        tags = ()
    there = {(text.line_id, text.tag): text for text in texts}
    fresh, other, stale = [], [], [text.pk for text in texts if text.origin == MADE and text.tag not in tags]
    for main in (text for text in texts if text.kind == Kind.MAIN):
        for tag in tags:
            now = pronounced(main.text, main.line.language, main=song.language, to=tag)
            text = there.get((main.line_id, tag))
            if text is None:
                fresh.append(_made(LineText(line=main.line, tag=tag, kind=Kind.PRONUNCIATION), now))
            elif text.origin == MADE and (text.text, text.scheme, text.guessed) != (
                now.text,
                now.scheme,
                now.guessed,
            ):
                other.append(_made(text, now))
    LineText.objects.filter(pk__in=stale).delete()
    LineText.objects.bulk_create(fresh)
    LineText.objects.bulk_update(other, ["text", "scheme", "guessed"], batch_size=100)
    return len(fresh) + len(other)


def _made(text: LineText, made: LayerText) -> LineText:
    text.text, text.scheme, text.guessed, text.origin = made.text, made.scheme, made.guessed, MADE
    return text


def _follow(song: Song, rows: Sequence[Line], after: Sequence[Words], before: Mapping[int, str]) -> None:
    """Carry the times of every recording over to the changed words."""
    counts = {str(row.pk): len(words.words) for row, words in zip(rows, after, strict=True)}
    for timing in Timing.objects.filter(recording__song=song):
        cues = {}
        for line, times in timing.cues.items():
            if line in counts:
                by_word = times and not isinstance(times[0], int)
                fits = not by_word or len(times) == counts[line]
                cues[line] = times if fits else [times[0][0], times[-1][1]]
        if cues != timing.cues:
            timing.cues = cues
            timing.save(update_fields=["cues"])
