"""A song comes into the house, is told anew, and goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from aqyn.core.lyrics.model import Section
from aqyn.people.selectors import artist as artist_of
from aqyn.songs import checks
from aqyn.songs.facts import SongFacts
from aqyn.songs.models import Cause, Song
from aqyn.songs.sentences import LanguageStays, NoSuchArtist, SlugTaken
from aqyn.songs.services.files import let_go
from aqyn.songs.services.recordings import files_of
from aqyn.songs.services.rows import done, song_held
from aqyn.songs.services.timing import Cues
from aqyn.songs.services.uploads import forget_old_uploads
from aqyn.songs.services.waiting import keep_waiting
from aqyn.songs.services.words import write_words


def write_song(
    *,
    artist: str,
    facts: SongFacts,
    sections: Sequence[Section],
    now: datetime,
    actor: Any = None,
    cues: Cues = (),
    timing_source: str = "",
) -> Song:
    """A new song of the artist with this slug, a draft, its layers made. Raises a Refusal.

    `cues`: one entry for each line, or none at all; they wait for the song's first recording.
    """
    told, words = facts.checked(), checks.sections(sections)
    with transaction.atomic():
        singer = artist_of(artist)
        if singer is None:
            raise NoSuchArtist(slug=artist)
        last = Song.objects.filter(artist=singer).aggregate(last=Max("position"))["last"]
        song = Song(artist=singer, created_at=now, position=0 if last is None else last + 1)
        tell(song, told)
        write_words(song, words, keep_readings=False)
        if any(cues):
            keep_waiting(song, cues, timing_source)
        done("written", song.slug, actor)
    return song


def change_facts(*, song: str, facts: SongFacts, now: datetime, actor: Any = None) -> Song:
    """Tell the song anew: title, hue, story and the rest, its address too. The words stay."""
    told = facts.checked()
    with transaction.atomic():
        row = song_held(song)
        if told.language != row.language:
            # Which layer is the main one is a matter of the words: `change_words` with another language.
            raise LanguageStays
        tell(row, told)
        done("told anew", row.slug, actor)
    return row


def remove_song(*, song: str, now: datetime, actor: Any = None) -> None:
    """The song and everything of it, files too, once this is committed. It cannot be undone."""
    with transaction.atomic():
        row = song_held(song)
        files = {name for recording in row.recordings.all() for name in files_of(recording)}
        row.delete()
        transaction.on_commit(lambda: let_go(files))
        transaction.on_commit(lambda: forget_old_uploads(now=now))
        done("removed", song, actor)


def tell(song: Song, facts: SongFacts) -> None:
    """Write checked facts into the row, in the caller's transaction. Raises SlugTaken."""
    if Song.objects.filter(slug=facts.slug).exclude(pk=song.pk).exists():
        raise SlugTaken(slug=facts.slug)
    song.slug, song.language = facts.slug, facts.language
    song.title, song.story = dict(facts.title), dict(facts.story)
    song.hue, song.year = facts.hue, facts.year
    song.themes = [dict(theme) for theme in facts.themes]
    song.credits = [dict(credit) for credit in facts.credits]
    song.save()
    if facts.cause is None or not facts.cause.title:
        Cause.objects.filter(song=song).delete()
        return
    Cause.objects.update_or_create(
        song=song,
        defaults={
            "title": dict(facts.cause.title),
            "text": dict(facts.cause.text),
            "partner": facts.cause.partner,
            "link": facts.cause.link,
        },
    )
