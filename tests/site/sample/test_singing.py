"""The sung voice: when it begins each word, and which pitch it sings."""

from dataclasses import replace

import numpy as np
import pytest
import pyworld
from numpy.typing import NDArray

from aqyn.media.speech import RATE
from aqyn.site.sample import SONGS
from aqyn.site.sample.score import Note, Score, SungLine, SungSyllable
from aqyn.site.sample.sound import falls_silent, score_of
from aqyn.site.sample.utterances import FRAME_S, Voice, learn, speak_all
from aqyn.site.sample.voice import WordTimes, leanings, place, sing

NEVER = 1e9


@pytest.fixture(scope="module")
def lines() -> list[SungLine]:
    """A verse and a chorus in Kazakh, and Russian with Kazakh and a word without a vowel."""
    mixed = [line for line in score_of("teniz-more").lines if line.part in ("bridge", "chorus")]
    return [*score_of("qyzylorda").lines[:8], *mixed[:4], *mixed[-4:-2]]


@pytest.fixture(scope="module")
def voice(lines: list[SungLine]) -> Voice:
    return learn([pair for line in lines for pair in leanings(line.words)], "f2", lambda share: None)


def apart(line: SungLine) -> SungLine:
    """The line with a rest of 0.7 s after each word, so that every word begins out of silence."""
    words, shift = [], 0.0
    for word in line.notes:
        words.append(
            tuple(
                SungSyllable(tuple(Note(n.pitch, n.start + shift, n.end + shift) for n in syllable.notes))
                for syllable in word
            )
        )
        shift += 0.7 if word else 0.0
    return replace(line, notes=tuple(words))


def begins(sound: NDArray[np.float32], origin: float, word: WordTimes) -> float:
    """When sound begins around a word, in seconds: within 40 dB of its loudest 2 ms."""
    window = np.ones(44) / 44
    power = np.convolve(sound.astype(float) ** 2, window, mode="same")
    first, last = (round((moment - origin) * RATE) for moment in (word.start - 0.3, word.end))
    around = power[max(0, first) : last]
    return origin + (max(0, first) + int(np.argmax(around > around.max() / 10_000))) / RATE


def test_each_word_begins_when_it_is_said_to(lines: list[SungLine], voice: Voice) -> None:
    late = []
    for line in lines:
        sound, origin, times = sing(apart(line), voice, until=NEVER)
        # A word that follows one without a vowel has no silence before it.
        alone = [n == 0 or line.words[n - 1].sung for n in range(len(line.words))]
        late += [
            abs(begins(sound, origin, word) - word.start)
            for word, own in zip(times, alone, strict=True)
            if own
        ]
    assert np.mean(np.array(late) <= 0.020) >= 0.95


def test_the_voice_sings_the_melody(lines: list[SungLine], voice: Voice) -> None:
    away = []
    for line in lines:
        sound, origin, _ = sing(line, voice, until=NEVER)
        hertz, clock = pyworld.dio(sound.astype(float), RATE, f0_floor=150.0, f0_ceil=800.0)
        semitones = 69 + 12 * np.log2(np.maximum(hertz, 1) / 440)
        for note in (n for word in line.notes for syllable in word for n in syllable.notes):
            middle = (clock + origin > note.start + 0.06) & (clock + origin < note.end - 0.1) & (hertz > 0)
            if middle.any():
                away.append(abs(np.median(semitones[middle]) - (note.pitch or 0)))
    assert np.median(away) <= 0.1
    assert np.percentile(away, 90) <= 0.3


def test_no_vowel_is_whispered(voice: Voice) -> None:
    for utterance in voice.utterances.values():
        for piece in utterance.pieces:
            middle = slice(round((piece.vowel + 0.015) / FRAME_S), round((piece.vowel_end - 0.015) / FRAME_S))
            assert voice.voiced[middle].all()


def test_the_beat_falls_on_the_vowel(lines: list[SungLine], voice: Voice) -> None:
    for line in lines:
        times, _ = place(line, voice.utterances, NEVER)
        sung = [word for word, spoken in zip(times, line.words, strict=True) if spoken.sung]
        for word, syllables in zip(sung, (notes for notes in line.notes if notes), strict=True):
            for start, syllable in zip(word.syllables, syllables, strict=True):
                assert start <= syllable.notes[0].start + 1e-9


@pytest.mark.parametrize("name", SONGS)
def test_words_and_times_agree_one_to_one_and_never_overlap(name: str) -> None:
    score: Score = score_of(name)
    pairs = [pair for line in score.lines for pair in leanings(line.words)]
    utterances, _, _ = speak_all(pairs, "f2")
    end = 0.0
    for number, line in enumerate(score.lines):
        times, _ = place(line, utterances, falls_silent(score, number, utterances))
        assert [len(word.syllables) for word in times] == [len(word.syllables) for word in line.words]
        for word in times:
            assert end <= word.start + 1e-9
            assert [word.start, *word.syllables, word.end] == sorted([word.start, *word.syllables, word.end])
            assert word.end > word.start
            end = word.end


def test_silence_comes_before_the_next_line(lines: list[SungLine], voice: Voice) -> None:
    line = lines[0]
    sound, origin, _ = sing(line, voice, until=line.end - 0.3)
    after = sound[round((line.end - 0.2 - origin) * RATE) :]
    assert np.abs(after).max() < 0.01 * np.abs(sound).max()
