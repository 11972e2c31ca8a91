"""Words sung to notes: spoken by espeak-ng, stretched to the notes and given their pitch by a vocoder.

A singer puts the vowel on the beat and the consonants before it; so does this one. What is known here
exactly, and nowhere else, is when every word and syllable begins: it is decided, then sung.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyworld
from numpy.typing import NDArray

from aqyn.media.speech import RATE
from aqyn.site.sample.score import Note, SungLine
from aqyn.site.sample.utterances import FRAME_S, Key, Utterance, Voice, key_of
from aqyn.site.sample.words import Word

BEFORE_S, AFTER_S = 0.4, 0.3
"""Sound kept before a line's first note (its consonants) and after its last."""

_GLIDE_S = 0.05
_VIBRATO_HZ, _VIBRATO_SEMITONES, _VIBRATO_AFTER_S = 5.2, 0.30, 0.28
_SCOOP_SEMITONES, _SCOOP_S = 0.8, 0.07
_SILENCE = -32.0


@dataclass(frozen=True, slots=True)
class WordTimes:
    """When a word is sung: its start, its end and each syllable's start, in seconds."""

    start: float
    end: float
    syllables: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """From `start` to `end` (seconds of the song) the source moves evenly from `a` to `b` (its seconds)."""

    start: float
    end: float
    a: float
    b: float


def leanings(words: Sequence[Word]) -> list[tuple[tuple[Word, ...], Word]]:
    """Each sung word with the vowelless words that lean on it."""
    pairs = []
    waiting: list[Word] = []
    for word in words:
        if word.sung:
            pairs.append((tuple(waiting), word))
            waiting = []
        else:
            waiting.append(word)
    return pairs


def opening(line: SungLine, utterances: Mapping[Key, Utterance]) -> float:
    """When the first sound of `line` begins: the consonants before its first vowel."""
    leaning, word = leanings(line.words)[0]
    utterance = utterances[key_of(leaning, word)]
    return line.start - _lead(utterance) * _squeeze(_lead(utterance), BEFORE_S)


def place(
    line: SungLine, utterances: Mapping[Key, Utterance], until: float
) -> tuple[list[WordTimes], list[Anchor]]:
    """When each word of `line` is sung, and which moment of the source sounds when.

    The line ends at `until` (seconds) or with its last note: whichever comes first.
    """
    pairs = leanings(line.words)
    notes = [syllables for syllables in line.notes if syllables]
    spoken = [utterances[key_of(leaning, word)] for leaning, word in pairs]
    vowels = [[syllable.notes[0].start for syllable in syllables] for syllables in notes]
    closes = [syllables[-1].notes[-1].end for syllables in notes]

    closes[-1] = min(closes[-1], until)

    begins = [opening(line, utterances)]
    for n, utterance in enumerate(spoken[1:], 1):
        room = vowels[n][0] - vowels[n - 1][-1]
        begins.append(vowels[n][0] - _lead(utterance) * _squeeze(_lead(utterance) + utterance.hush, room))

    times: list[WordTimes] = []
    anchors: list[Anchor] = []
    for n, utterance in enumerate(spoken):
        close = closes[n]
        if n + 1 < len(spoken):
            close = min(close, begins[n + 1] - spoken[n + 1].hush * 0.8)
        starts, parts = _place_word(utterance, begins[n], vowels[n], close)
        pace = (vowels[n][0] - begins[n]) / max(1e-9, _lead(utterance))
        lean = [begins[n] + (moment - _first(utterance)) * pace for moment in utterance.leaning]
        for which, moment in enumerate(lean):
            until = lean[which + 1] if which + 1 < len(lean) else starts[0]
            times.append(WordTimes(moment, until, (moment,)))
        times.append(WordTimes(starts[0], close, tuple(starts)))
        anchors += parts
    return times, anchors


def _first(utterance: Utterance) -> float:
    """The utterance's first sound, that of a vowelless word before it included."""
    return min((utterance.start, *utterance.leaning))


def _lead(utterance: Utterance) -> float:
    """How long the consonants before an utterance's first vowel last."""
    return utterance.pieces[0].vowel - _first(utterance)


def _squeeze(length: float, room: float) -> float:
    """How much shorter consonants become so that the vowel before them keeps more than half the room."""
    return min(1.0, 0.45 * room / length) if length > 0 else 1.0


def _place_word(
    utterance: Utterance, begin: float, vowels: Sequence[float], close: float
) -> tuple[list[float], list[Anchor]]:
    """Starts of the syllables, and the source's course, of one word from `begin` to `close`."""
    pieces = utterance.pieces
    first = _first(utterance)
    pace = (vowels[0] - begin) / max(1e-9, pieces[0].vowel - first)
    starts = [begin + (pieces[0].start - first) * pace]
    anchors = [Anchor(begin, vowels[0], first, pieces[0].vowel)]
    for n, piece in enumerate(pieces):
        last = n + 1 == len(pieces)
        until = close if last else vowels[n + 1]
        source_until = utterance.end if last else pieces[n + 1].vowel
        consonants = source_until - piece.vowel_end
        pace = _squeeze(consonants, until - vowels[n])
        vowel_end = until - consonants * pace
        anchors += _stretch(vowels[n], vowel_end, piece.vowel, piece.vowel_end)
        anchors.append(Anchor(vowel_end, until, piece.vowel_end, source_until))
        if not last:
            starts.append(until - (pieces[n + 1].vowel - pieces[n + 1].start) * pace)
    return starts, anchors


def _stretch(start: float, end: float, a: float, b: float) -> list[Anchor]:
    """A vowel drawn out: its beginning and end keep their pace, its middle is held."""
    edge = min(0.05, 0.35 * (b - a))
    if end - start <= b - a:
        return [Anchor(start, end, a, b)]
    return [
        Anchor(start, start + edge, a, a + edge),
        Anchor(start + edge, end - edge, a + edge, b - edge),
        Anchor(end - edge, end, b - edge, b),
    ]


def sing(
    line: SungLine, voice: Voice, *, until: float, shift: float = 0.0, tract: float = 1.0, seed: int = 0
) -> tuple[NDArray[np.float32], float, list[WordTimes]]:
    """The line sung: mono samples at `RATE`, the song's second at which they begin, and the word times.

    It falls silent at `until` (seconds), so that the singer can take a breath before the next line.
    `shift` moves the pitch by semitones and `tract` the formants (0.85 is a longer throat): other singers.
    """
    times, anchors = place(line, voice.utterances, until)
    origin = np.floor((line.start - BEFORE_S) / FRAME_S) * FRAME_S
    count = int(np.ceil((line.end + AFTER_S - origin) / FRAME_S))
    clock = origin + np.arange(count) * FRAME_S
    source = np.full(count, -1.0)
    for anchor in anchors:
        inside = (clock >= anchor.start) & (clock < anchor.end)
        share = (clock[inside] - anchor.start) / max(1e-9, anchor.end - anchor.start)
        source[inside] = anchor.a + share * (anchor.b - anchor.a)

    envelope, noise, voiced = _frames(voice, source, tract)
    notes = [note for word in line.notes for syllable in word for note in syllable.notes]
    level = _level(voice, source, clock, notes, times[-1].end)
    envelope += (level * (np.log(10) / 10))[:, None]
    pitch = np.where(voiced, _pitch(clock, notes, shift, seed), 0.0)
    sung = pyworld.synthesize(
        pitch,
        np.exp(envelope, dtype=np.float64, order="C"),
        noise.astype(np.float64, order="C"),
        RATE,
        FRAME_S * 1000,
    )
    return sung.astype(np.float32), float(origin), times


def _frames(
    voice: Voice, source: NDArray[np.float64], tract: float
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_]]:
    """Envelope, noise and voicing at each moment of the source; silence where `source` is negative."""
    place = np.clip(source / FRAME_S, 0, len(voice.voiced) - 2)
    low = place.astype(int)
    share = (place - low).astype(np.float32)[:, None]
    envelope = voice.envelope[low] * (1 - share) + voice.envelope[low + 1] * share
    noise = voice.noise[low] * (1 - share) + voice.noise[low + 1] * share
    voiced = voice.voiced[np.rint(place).astype(int)] & (source >= 0)
    if tract != 1.0:
        bins = np.arange(envelope.shape[1])
        at = np.clip(bins / tract, 0, len(bins) - 1.001)
        left = at.astype(int)
        part = (at - left).astype(np.float32)
        envelope = envelope[:, left] * (1 - part) + envelope[:, left + 1] * part
    hertz = np.linspace(0, RATE / 2, envelope.shape[1])
    envelope[voiced] += _colour(hertz)
    noise = np.where(voiced[:, None], np.clip(np.maximum(noise, _breath(hertz)), 0.001, 0.999), 0.999)
    envelope[source < 0] = _SILENCE
    return envelope, noise.astype(np.float32), voiced


def _colour(hertz: NDArray[np.float64]) -> NDArray[np.float32]:
    """What a softly singing voice has less of than espeak-ng's speaking one, in ln(power): the metal near
    4 kHz and the hiss above 6 kHz go, the chest below 400 Hz gains a little."""
    warm = 2.0 * np.exp(-(((hertz - 300) / 250) ** 2))
    metal = -9.0 * np.exp(-(((hertz - 4300) / 900) ** 2)) - 3.0 / (1 + np.exp(-(hertz - 2300) / 300))
    hiss = -9.0 / (1 + np.exp(-(hertz - 6300) / 350))
    return np.asarray((warm + metal + hiss) * (np.log(10) / 10), np.float32)


def _breath(hertz: NDArray[np.float64]) -> NDArray[np.float32]:
    """The least share of noise in a sung vowel, rising with frequency."""
    return np.asarray(0.02 + 0.25 / (1 + np.exp(-(hertz - 4500) / 700)), np.float32)


def _level(
    voice: Voice,
    source: NDArray[np.float64],
    clock: NDArray[np.float64],
    notes: Sequence[Note],
    ending: float,
) -> NDArray[np.float32]:
    """Decibels to add by frame: vowels brought near one loudness, each note swelling and dying a little."""
    place = np.clip(np.rint(source / FRAME_S), 0, len(voice.power) - 1).astype(int)
    usual = np.percentile(voice.power, 80)
    away = usual - voice.power[place]
    # Consonants and closures, far below any vowel, stay as quiet as they were spoken.
    level = np.where(away < 10, 0.75 * away, 0.0)
    level = np.convolve(level, np.hanning(13) / np.hanning(13).sum(), mode="same")
    for note in notes:
        inside = (clock >= note.start) & (clock < note.end)
        length = note.end - note.start
        share = (clock[inside] - note.start) / length
        if length > 0.6:
            level[inside] += 2.0 * np.sin(np.pi * np.minimum(share * 1.2, 1.0)) - 3.0 * share**3
    level -= 30 * np.clip((clock - (ending - 0.12)) / 0.12, 0, 1) ** 2
    return np.asarray(level, np.float32)


def _pitch(clock: NDArray[np.float64], notes: Sequence[Note], shift: float, seed: int) -> NDArray[np.float64]:
    """Hertz by frame: the notes, joined by glides, with vibrato on the long ones and a human's drift."""
    pitches = np.array([note.pitch for note in notes], dtype=float)
    semitones = np.full(len(clock), pitches[0])
    for before, after, note in zip(pitches, pitches[1:], notes[1:], strict=False):
        share = np.clip((clock - (note.start - _GLIDE_S)) / (_GLIDE_S * 1.4), 0, 1)
        semitones += (after - before) * (0.5 - 0.5 * np.cos(np.pi * share))
    scoop = np.clip((clock - (notes[0].start - 0.02)) / _SCOOP_S, 0, 1)
    semitones -= _SCOOP_SEMITONES * (1 - scoop)
    for note in notes:
        if note.end - note.start < 0.5:
            continue
        since = clock - note.start
        depth = np.clip((since - _VIBRATO_AFTER_S) / 0.35, 0, 1) * np.clip((note.end - clock) / 0.12, 0, 1)
        semitones += _VIBRATO_SEMITONES * depth * np.sin(2 * np.pi * _VIBRATO_HZ * (since - _VIBRATO_AFTER_S))
    drift = np.random.default_rng(seed).standard_normal(len(clock) // 20 + 3)
    semitones += 0.05 * np.interp(np.arange(len(clock)) / 20, np.arange(len(drift)), drift)
    return 440.0 * 2 ** ((semitones + shift - 69) / 12)
