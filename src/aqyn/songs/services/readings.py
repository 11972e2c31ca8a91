"""The other readings of a song's lines: hers stay hers, the house's are made again where the words change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.core.lyrics.layers import makes, pronounced
from aqyn.core.lyrics.model import Kind, LayerText, kind_of_tag, parse_marked
from aqyn.songs import checks
from aqyn.songs import sentences as refuse
from aqyn.songs.models import Line, LineText, Song
from aqyn.songs.services.rows import done, song_held, song_of_line_held

MADE, WRITTEN = LineText.Origin.MADE, LineText.Origin.WRITTEN


def overrule_line(
    *, line: int, tag: str, text: str, now: datetime, was: str | None = None, actor: Any = None
) -> list[int]:
    """Her own text for a line in a layer: it stays until she gives it back, whatever the house would make.

    Lines of the same words that read as this one did get it too; the ids of them all. An empty text takes a
    translation away. `was`: what she saw there. Raises a Refusal; ReadingChanged where something else stands.
    """
    wanted = checks.tag(tag)
    with transaction.atomic():
        song, row = song_of_line_held(line)
        kind = kind_of_tag(wanted, song.language)
        if kind is Kind.MAIN:
            raise refuse.MainIsNotOverruled
        said = checks.layer_text(text, wanted if kind is Kind.TRANSLATION else row.language)
        if not said and kind is not Kind.TRANSLATION:
            raise refuse.EmptyLine
        lines = _reading_alike(song, row, wanted, was)
        if said:
            LineText.objects.bulk_create(
                [
                    LineText(line_id=pk, tag=wanted, kind=kind, text=said, origin=WRITTEN, scheme="")
                    for pk in lines
                ],
                update_conflicts=True,
                unique_fields=["line", "tag"],
                update_fields=["kind", "text", "origin", "scheme", "guessed"],
            )
        else:
            LineText.objects.filter(line__in=lines, tag=wanted).delete()
        done(f"line overruled in {wanted}", song.slug, actor)
    return lines


def give_back_line(
    *, line: int, tag: str, now: datetime, was: str | None = None, actor: Any = None
) -> list[int]:
    """Let the house make this line of this layer again, and those of the same words that read as it did.

    The ids of them all. Raises NotMade where the house cannot, ReadingChanged as `overrule_line` does.
    """
    wanted = checks.tag(tag)
    with transaction.atomic():
        song, row = song_of_line_held(line)
        if wanted not in makes(song.language):
            raise refuse.NotMade
        lines = _reading_alike(song, row, wanted, was)
        if not LineText.objects.filter(line__in=lines, tag=wanted).exclude(origin=MADE).delete()[0]:
            raise refuse.NothingWrittenHere
        make(song, lines)
        done(f"line given back in {wanted}", song.slug, actor)
    return lines


def make_layers(*, song: str, now: datetime, actor: Any = None) -> int:
    """Make every layer that the house makes by today's rules, except where she wrote; how many lines."""
    with transaction.atomic():
        row = song_held(song)
        changed = make(row, Line.objects.filter(section__song=row).values_list("pk", flat=True))
        done("layers made", song, actor)
    return changed


def make(song: Song, lines: Iterable[int]) -> int:
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


def _reading_alike(song: Song, row: Line, tag: str, was: str | None) -> list[int]:
    """This line, then every other one of the song with its words and its reading. Raises ReadingChanged."""
    texts: dict[int, dict[str, str]] = {}
    found = LineText.objects.filter(line__section__song=song, tag__in=(song.language, tag))
    for line, key, text in found.order_by("line__section__position", "line__position").values_list(
        "line_id", "tag", "text"
    ):
        texts.setdefault(line, {})[key] = text
    mine = texts.get(row.pk, {})
    if was is not None and mine.get(tag, "") != was.strip():
        raise refuse.ReadingChanged(mine.get(tag, ""))
    return [row.pk, *(line for line, said in texts.items() if line != row.pk and said == mine)]


def _made(text: LineText, made: LayerText) -> LineText:
    text.text, text.scheme, text.guessed, text.origin = made.text, made.scheme, made.guessed, MADE
    return text
