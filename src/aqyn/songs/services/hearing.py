"""The house listens to a recording and proposes when its words are sung; it learns from what is approved."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from aqyn.core.lyrics.timing import Origin, begins, from_json
from aqyn.media import backends
from aqyn.media.backends.listening import hear_with
from aqyn.media.errors import CannotHear
from aqyn.media.hearing import HeardWord, hear, hear_again, learn
from aqyn.songs import sentences as refuse
from aqyn.songs.models import Hearing, Preparation, Recording, Timing, Voice
from aqyn.songs.selectors.hearing import ToHear, is_open, learnable, lines_to_hear, sung, walled
from aqyn.songs.services.files import let_go, media_path, name_for, put_away
from aqyn.songs.services.proposing import CueMap, cues_on_desk, forget_learnt, keep_on_desk
from aqyn.songs.services.recordings import media_limits
from aqyn.songs.services.rows import done, song_held, song_of_recording_held
from aqyn.songs.services.timing import read_times, singable, word_counts

Times = list[Any]

_OWN_SHARE = 0.03
"""What our own ear takes of a listening, where another one listens as well."""


def ask_to_hear(
    *, recording: int, now: datetime, everything: bool = False, ear: str = "", actor: Any = None
) -> Preparation:
    """Leave a job to hear the recording's words. One open job at most. Raises NoSuchRecording, NothingToHear,
    and for an `ear` (a name of `media.backends`; "" is our own) NoSuchEar, EarMissing.

    Lines that a person has timed stay as they are; with `everything` they are proposed anew.
    """
    if ear and ear not in backends.KINDS:
        raise refuse.NoSuchEar(name=ear[:40])
    if ear and backends.lack(ear):
        raise refuse.EarMissing(ear)
    with transaction.atomic():
        song, row = song_of_recording_held(recording)
        job = Preparation.objects.filter(recording=row, kind="hear", finished_at=None).first()
        if job is None:
            there = cues_on_desk(row)
            if not everything and not any(is_open(there.get(line)) for line in word_counts(song)):
                raise refuse.NothingToHear
            job = Preparation.objects.create(
                song=song,
                recording=row,
                kind="hear",
                name=row.filename,
                asked_at=now,
                details={"all": everything, "ear": ear},
            )
            done(f"recording {recording} to be heard", song.slug, actor)
    return job


@dataclass(frozen=True, slots=True)
class Listened:
    """What was heard: the times of each line by its id, and what was known of it and its words before.

    `ear`: our own, which hears lines again; None where only another one could hear the words.
    """

    lines: Mapping[str, Times]
    there: CueMap
    words: Mapping[str, tuple[str, ...]]
    ear: Path | None


def listen(
    recording: Recording,
    folder: Path,
    *,
    everything: bool,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
    other: str = "",
) -> Listened:
    """Hear the recording's words, with the `other` ear where one is named; ours lies in `folder` then too.

    Nothing is written. Raises what `hear` or `hear_with` does.
    """
    there, lines = cues_on_desk(recording), lines_to_hear(recording.song)
    others = Voice.objects.filter(recording__song__artist=recording.song.artist).exclude(recording=recording)
    ear, source = folder / "ear", media_path(recording.file)
    asked = [sung(line, there.get(line.line), known=not everything) for line in lines]
    own = partial(
        hear,
        source,
        asked,
        ear=ear,
        learnt=list(others.order_by("pk").values_list("learnt", flat=True)),
        cancelled=cancelled,
        **media_limits(),
    )
    if other:
        # Lines are heard again, and voices learnt, by our own ear alone. What it cannot hear, the other may.
        with suppress(CannotHear):
            own(progress=lambda share: progress(_OWN_SHARE * share))
        heard = hear_with(
            other,
            source,
            asked,
            progress=lambda share: progress(_OWN_SHARE + (1 - _OWN_SHARE) * share),
            cancelled=cancelled,
            **media_limits(),
        )
    else:
        heard = own(progress=progress)
    found = {
        line.line: proposed(line, words, None if everything else there.get(line.line), recording.duration_ms)
        for line, words in zip(lines, heard.lines, strict=True)
        if everything or is_open(there.get(line.line))
    }
    return Listened(found, there, {line.line: line.words for line in lines}, ear if ear.exists() else None)


def keep_heard(recording: Recording, heard: Listened, now: datetime) -> None:
    """Propose what was heard, in the caller's lock and transaction. What was changed meanwhile stays."""
    song = song_held(recording.song.slug)
    there, counts = cues_on_desk(recording), word_counts(song)
    same = {line.line for line in lines_to_hear(song) if heard.words.get(line.line) == line.words}
    new = {
        line: times
        for line, times in heard.lines.items()
        if line in same and there.get(line) == heard.there.get(line)
    }
    cues = among(there, new, list(counts))
    times = [from_json(cues[line]) if line in cues else None for line in counts]
    singable(times, counts, recording.duration_ms)
    hearing = Hearing.objects.filter(recording=recording).first() or Hearing(recording=recording)
    old, hearing.at = hearing.ear, now
    if heard.ear is not None:
        hearing.ear = name_for(_sha256(heard.ear), "ear")
        put_away(heard.ear, hearing.ear)
    # All that is proposed now is named here already: what others see of these lines stays.
    hearing.cues = hearing.cues | {line: cues[line] for line in new if line in cues}
    hearing.save()
    timing = Timing.objects.filter(recording=recording).first() or Timing(recording=recording)
    keep_on_desk(timing, cues, counts, now=None)
    if old != hearing.ear:
        transaction.on_commit(partial(let_go, {old} - {""}))
    done(f"recording {recording.pk} heard", song.slug, None)


def hear_lines(*, recording: int, cues: CueMap, lines: Sequence[str]) -> dict[str, Times]:
    """These lines heard again, where all others are as `cues` say; nothing is kept.

    Raises NoSuchRecording, NotHeardYet, NoSuchLine, WordsChanged, BadTimes and what `hear_again` does.
    """
    row = Recording.objects.select_related("song", "hearing").filter(pk=recording).first()
    if row is None:
        raise refuse.NoSuchRecording
    if not hasattr(row, "hearing") or not row.hearing.ear:
        raise refuse.NotHeardYet
    times = {line: read_times(told) for line, told in cues.items()}
    asked, counts = lines_to_hear(row.song), word_counts(row.song)
    places = {line.line: place for place, line in enumerate(asked)}
    if not places.keys() >= {*lines, *cues}:
        raise refuse.NoSuchLine
    if any(known and known.words and len(known.words) != counts[line] for line, known in times.items()):
        raise refuse.WordsChanged
    singable([times.get(line) for line in counts], counts, row.duration_ms)
    wanted = [line for line in places if line in lines and is_open(cues.get(line))]
    if not wanted:
        return {}
    known = [
        sung(line, cues.get(line.line)) if line.line in wanted else walled(line, cues.get(line.line))
        for line in asked
    ]
    heard = hear_again(media_path(row.hearing.ear), known, [places[line] for line in wanted])
    new = {
        line: proposed(asked[places[line]], heard[places[line]], cues.get(line), row.duration_ms)
        for line in wanted
    }
    kept = among(cues, new, list(counts))
    return {line: kept[line] for line in new if line in kept}


def learn_from(recording: Recording) -> tuple[dict[str, Any], int] | None:
    """What its approved times teach, and of how many words; None where something still waits for approval."""
    hearing = Hearing.objects.filter(recording=recording).exclude(ear="").first()
    if hearing is None or hearing.cues:
        return None
    there = cues_on_desk(recording)
    lines = [line for line in lines_to_hear(recording.song) if learnable(there.get(line.line))]
    words = sum(len(line.words) for line in lines)
    if not words:
        return None
    return learn(media_path(hearing.ear), [sung(line, there[line.line]) for line in lines]), words


def keep_learnt(recording: Recording, learnt: Mapping[str, Any], words: int, now: datetime) -> None:
    """Keep what a recording has taught, in the caller's transaction."""
    Voice.objects.update_or_create(
        recording=recording, defaults={"learnt": dict(learnt), "words": words, "at": now}
    )


def forget_voice(*, now: datetime, recording: int | None = None, artist: str = "", actor: Any = None) -> int:
    """Forget what one recording taught, or all of an artist; of how many recordings that was."""
    with transaction.atomic():
        voices = Voice.objects.select_related("recording__song")
        voices = (
            voices.filter(recording__song__artist__slug=artist)
            if artist
            else voices.filter(recording=recording)
        )
        for voice in voices:
            forget_learnt(voice.recording)
            done(f"what recording {voice.recording_id} taught forgotten", voice.recording.song.slug, actor)
        return len(voices)


def proposed(line: ToHear, heard: Sequence[HeardWord], there: Times | None, ends: int) -> Times:
    """The line's times as they were heard, none after `ends`; what a person placed or tapped in it stays."""
    own = _own(line, there)
    words: Times = []
    low = 0
    for k, word in enumerate(heard):
        mine = own[k]
        if mine is not None and mine[1] is not None:
            words.append(mine)
        else:
            high = min((other[0] for other in own[k + 1 :] if other is not None), default=ends)
            start = mine[0] if mine is not None else max(low, min(word.start_ms, high))
            end = max(start, min(word.end_ms, high))
            told = mine[3:] if mine is not None else [str(Origin.PROPOSED), word.sure]
            words.append([start, end, _marks(start, end, line.weights[k]), *told])
        low = words[-1][1]
    return words


def _own(line: ToHear, there: Times | None) -> list[Times | None]:
    """Of each word what a person has said of its time, or None; no end where only its start was said."""
    if there is None:
        return [None] * len(line.words)
    if isinstance(there[0], int):
        return [[there[0], None, None, *there[2:]], *[None] * (len(line.words) - 1)]
    own: list[Times | None] = []
    for word in there:
        origin = word[3] if word[3:] else ""
        open_end = [word[0], None, *word[2:]] if origin == Origin.TAPPED else word
        own.append(None if origin in (Origin.PROPOSED, Origin.SPREAD) else open_end)
    return own


def _marks(start: int, end: int, weights: Sequence[int]) -> list[int]:
    whole = sum(weights)
    return [start + (end - start) * sum(weights[:j]) // whole for j in range(len(weights))]


def among(there: CueMap, new: CueMap, order: Sequence[str]) -> dict[str, Times]:
    """Times with what was heard put in; where a heard line would stand out of order, it stays as it was, or
    without times."""
    kept = {line: times for line, times in there.items() if line not in new}
    limits: dict[str, int | None] = {}
    limit: int | None = None
    for line in reversed(order):
        limits[line] = limit
        limit = begins(kept[line]) if line in kept else limit
    at, cues = 0, {}
    for line in order:
        for times in (kept.get(line), new.get(line), there.get(line)):
            if times is not None and (line in kept or _between(at, begins(times), limits[line])):
                cues[line] = times
                at = begins(times)
                break
    return cues


def _between(at: int, start: int, limit: int | None) -> bool:
    return at <= start and (limit is None or start <= limit)


def _sha256(file: Path) -> str:
    with file.open("rb") as reading:
        return hashlib.file_digest(reading, "sha256").hexdigest()
