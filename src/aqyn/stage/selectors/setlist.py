"""What is to be sung in a show, in its order: as rows, and as everyone who follows the hall reads it."""

from __future__ import annotations

import secrets
from typing import Any

from django.urls import reverse

from aqyn.core.lyrics.layers import ordered
from aqyn.core.lyrics.model import Kind
from aqyn.core.texts import in_scripts
from aqyn.shows.selectors import hue_of
from aqyn.songs import selectors as songs
from aqyn.songs.selectors import SungSong
from aqyn.stage.models import Entry, Performance
from aqyn.stage.selectors.current import open_evening
from aqyn.ui.ornament import SILENCE

TEETH = 40
"""How many numbers of a song's wave are told: enough for the teeth along the foot of a phone."""
QUIET = SILENCE
"""The wave of what has no sound: talk, and a song that has left the house."""


def entries(show: Any) -> list[Entry]:
    """The setlist of this show (its row) in its order, each with its song where that is still there."""
    return list(Entry.objects.filter(show=show).select_related("song"))


def entry_of(slug: str, entry: int) -> Entry | None:
    """The entry with this number, if it stands on the setlist of this show."""
    found = Entry.objects.filter(show__slug=slug, pk=entry)
    return found.select_related("song__publication").first()


def snapshot(show: Any) -> list[dict[str, Any]]:
    """Everything that is told of the setlist, as values that a session can keep."""
    told = ("id", "kind", "song_id", "title", "encore", "order", "bpm", "note")
    return list(Entry.objects.filter(show=show).order_by("position", "pk").values(*told))


def title_of(entry: Entry) -> dict[str, str]:
    """What it is called, by tag: the song as it is called now, or as it was called when it left the house."""
    title: dict[str, str] = entry.song.title if entry.song is not None else entry.title
    return title


def opened_by(slug: str, key: str) -> bool:
    """Whether a rehearsal of this show is open and has this key."""
    going = Performance.objects.filter(show__slug=slug, rehearsal=True, closed_at=None)
    keys = going.values_list("key", flat=True)
    return any(secrets.compare_digest(known.encode(), key.encode()) for known in keys)


def may_be_read(entry: Entry) -> bool:
    """Whether its words are anyone's to read: the hall is open, and has come to it or the song is public."""
    evening = open_evening(entry.show_id)
    return evening is not None and (is_public(entry) or entry.pk in come_to(evening))


def is_public(entry: Entry) -> bool:
    """Whether its song is open to all."""
    publication = getattr(entry.song, "publication", None)
    return publication is not None and publication.reach == "public"


def come_to(evening: Performance) -> set[int]:
    """The numbers of the entries that the hall has come to."""
    sung = evening.played.exclude(entry=None).values_list("entry", flat=True)
    return {evening.entry_id or 0, *sung}


def setlist_json(show: Any, *, rehearsal: str = "") -> dict[str, Any]:
    """The show and its setlist in the shape docs/setlist.md describes.

    The entries are told while the hall is open, and with the key of a rehearsal. `words` stands at a song
    that may be read: a public one, one that the hall has come to, and in a rehearsal every one.
    """
    evening = None if rehearsal else open_evening(show.pk)
    listed = entries(show)
    sung = songs.sung_songs(entry.song_id for entry in listed)
    told = listed if rehearsal or evening else []
    chosen = come_to(evening) if evening else set()
    return {
        "show": show.slug,
        "title": in_scripts(show.title),
        "artist": {"name": in_scripts(show.artist.name), "hue": show.artist.hue},
        "starts": show.starts_at.isoformat() if show.starts_at else None,
        "time_zone": show.time_zone,
        "entries": [_entry(show, entry, sung.get(entry.song_id or 0), chosen, rehearsal) for entry in told],
        "layers": _layers([sung[e.song_id] for e in listed if e.song_id in sung]),
    }


def layers_json(show: Any) -> list[dict[str, str]]:
    """What the words of the evening can be read in, as setlist.json tells it."""
    listed = entries(show)
    sung = songs.sung_songs(entry.song_id for entry in listed)
    return _layers([sung[e.song_id] for e in listed if e.song_id in sung])


def _entry(
    show: Any, entry: Entry, song: SungSong | None, chosen: set[int], rehearsal: str
) -> dict[str, Any]:
    told = song is not None and (song.public or bool(rehearsal) or entry.pk in chosen)
    address = reverse("stage-plain:words", args=[show.slug, entry.pk]) if told else None
    return {
        "id": entry.pk,
        "kind": entry.kind,
        "title": in_scripts(title_of(entry)),
        "encore": entry.encore,
        "hue": song.hue if song else hue_of(show),
        "wave": teeth(song.wave if song else QUIET),
        "words": f"{address}?rehearsal={rehearsal}" if address and rehearsal else address,
        "song": song.slug if song and song.public else None,
    }


def teeth(wave: Any, n: int = TEETH) -> list[int]:
    """The wave as `n` numbers from 0 to 99: the loudest of each stretch, or each one held on for a while."""
    return [
        max(wave[i * len(wave) // n : max((i + 1) * len(wave) // n, i * len(wave) // n + 1)])
        for i in range(n)
    ]


def _layers(sung: list[SungSong]) -> list[dict[str, str]]:
    """What all the songs have together; the words of one may be the translation of another."""
    found: dict[str, dict[str, str]] = {}
    for song in sung:
        for layer in song.layers:
            told = song.layer_json(layer)
            if layer.tag not in found or found[layer.tag]["kind"] == Kind.TRANSLATION:
                found[layer.tag] = {key: told[key] for key in ("tag", "name", "dir", "kind")}
    main = sung[0].language if sung else ""
    order = [layer.tag for layer in ordered(list(found), main)] if sung else []
    return [found[tag] for tag in order]
