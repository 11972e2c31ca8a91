"""Words as they are being written, and the versions of those that were kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from aqyn.core.lyrics.merging import merged
from aqyn.core.lyrics.model import LyricsError
from aqyn.core.lyrics.pasted import read_pasted
from aqyn.songs import checks
from aqyn.songs import sentences as refuse
from aqyn.songs.models import Song, Version, WorkingText
from aqyn.songs.selectors.writing import kept_text, last_version
from aqyn.songs.services.rows import noted, song_held
from aqyn.songs.services.words import change_words

LONGEST_TEXT = 100_000
"""Characters of a working text: more than the longest song with all its chords."""


@dataclass(frozen=True, slots=True)
class Written:
    """The text that stands now. `joined`: somebody else's lines are in it beside those that were sent.

    `pending`: it is not what the song sings yet.
    """

    text: str
    joined: bool
    pending: bool


def save_text(*, song: str, base: str, text: str, now: datetime, actor: Any = None) -> Written:
    """Keep the words as they are being written; the song itself stays as it is.

    `base` is what this writer last knew to be here. What somebody else wrote since is brought together with
    it line by line. Raises WordsDiffer where both changed the same lines, and then nothing is changed.
    """
    base, mine = clean_text(base), clean_text(text)
    with transaction.atomic():
        row = song_held(song)
        there = WorkingText.objects.filter(song=row).first()
        kept = kept_text(row)
        stands = kept if there is None else there.text
        together = _together(base, mine, stands)
        if together == kept:
            WorkingText.objects.filter(song=row).delete()
        elif together != stands:
            _first_version(row, kept, now)
            WorkingText.objects.update_or_create(
                song=row, defaults={"text": together, "at": now, "person_id": _person(actor)}
            )
        if together != stands:
            noted("words being written", song, actor)
    return Written(together, joined=together != mine, pending=together != kept)


def keep_words(*, song: str, base: str, text: str, now: datetime, actor: Any = None) -> Version:
    """Make these the song's words, and a version; the working text is done with.

    Brought together with what somebody else wrote as `save_text` does it. Raises WordsDiffer, BadWords, or
    what `change_words` raises.
    """
    base, mine = clean_text(base), clean_text(text)
    with transaction.atomic():
        row = song_held(song)
        there = WorkingText.objects.filter(song=row).first()
        kept = kept_text(row)
        together = _together(base, mine, kept if there is None else there.text)
        _first_version(row, kept, now)
        return _kept(row, kept, together, now, actor)


def go_back(*, song: str, version: int, now: datetime, actor: Any = None) -> Version:
    """Make the words of an older version the song's again, as a new version. Raises NoSuchVersion, BadWords.

    Words that were still being written become a version of their own first, so that nothing is lost.
    """
    with transaction.atomic():
        row = song_held(song)
        wanted = Version.objects.filter(song=row, number=version).first()
        if wanted is None:
            raise refuse.NoSuchVersion(version=version)
        kept = kept_text(row)
        _first_version(row, kept, now)
        there = WorkingText.objects.filter(song=row).first()
        if there is not None:
            _add(row, there.text, there.at, there.person_id)
        return _kept(row, kept, wanted.text, now, actor)


def clean_text(said: str) -> str:
    """The text with one kind of line end and nothing behind its lines. Raises TooMuch, BadCharacters."""
    lines = checks.text(said, "words", LONGEST_TEXT).splitlines()
    return "\n".join(line.rstrip() for line in lines)


def _together(base: str, mine: str, theirs: str) -> str:
    merge = merged(base, mine, theirs)
    if merge.conflicts:
        raise refuse.WordsDiffer(mine=mine, theirs=theirs, merge=merge)
    return merge.text


def _kept(song: Song, before: str, text: str, now: datetime, actor: Any) -> Version:
    if text != before:
        try:
            sections = read_pasted(text, song.language.split("-")[0])
        except LyricsError as error:
            raise refuse.BadWords(error) from None
        change_words(song=song.slug, sections=sections, now=now, actor=actor)
    WorkingText.objects.filter(song=song).delete()
    last = last_version(song)
    if last is not None and last.text == text:
        return last
    return _add(song, text, now, _person(actor))


def _first_version(song: Song, kept: str, now: datetime) -> None:
    """A version of the words as they stand, where they came into the house some other way."""
    last = last_version(song)
    if last is None or last.text != kept:
        _add(song, kept, song.created_at if last is None else now, None)


def _add(song: Song, text: str, at: datetime, person: int | None) -> Version:
    last = last_version(song)
    number = 1 if last is None else last.number + 1
    return Version.objects.create(song=song, number=number, text=text, at=at, person_id=person)


def _person(actor: Any) -> int | None:
    return getattr(actor, "pk", None)
