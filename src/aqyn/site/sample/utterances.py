"""Spoken words ready to be sung: each cut into syllables, all analysed at once by the WORLD vocoder.

WORLD: M. Morise, F. Yokomori, K. Ozawa, "WORLD: a vocoder-based high-quality speech synthesis system for
real-time applications", IEICE Trans. E99-D(7), 2016.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyworld
from numpy.typing import NDArray

from aqyn.media.parallel import side_by_side
from aqyn.media.speech import RATE, Phoneme, speak
from aqyn.site.sample.words import Word

FRAME_S = 0.005
"""Seconds between two frames of the vocoder."""

Key = tuple[str, str]
"""What is spoken, and in which language."""

_VOWELS = frozenset("aAeEiIoOuUyY@V3WQ8&")
_CONSONANT_LETTERS = frozenset("бвгғджзйкқлмнңпрстфхһцчшщ")
_FRONT = "әөүіе"
_GLIDED = "аәеыіоөұү"
_LEAD_S = 0.06
# Four frames are a whole number of samples; what is analysed at once begins and ends on such a place.
_GRID, _GRID_FRAMES = 441, 4
_PASSAGE_S = 6.0
_WORDS_A_MINUTE, _PITCH = 150, 60
# No female voice speaks below this; it lets the vocoder do with windows half as long.
_LOWEST_HZ, _FFT = 140.0, 512


@dataclass(frozen=True, slots=True)
class Piece:
    """One syllable of an utterance: where it, its vowel and its vowel's end lie, in seconds of the source."""

    start: float
    vowel: float
    vowel_end: float


@dataclass(frozen=True, slots=True)
class Utterance:
    """One spoken word: its syllables, its end, and the hush (a stop's closure) that goes before it.

    `leaning` are the starts of the vowelless words spoken with it ("к капле"), before its own `start`.
    """

    leaning: tuple[float, ...]
    pieces: tuple[Piece, ...]
    end: float
    hush: float

    @property
    def start(self) -> float:
        return self.pieces[0].start


@dataclass(frozen=True, slots=True)
class Voice:
    """All utterances of a song by what was spoken, and the vocoder's frames of them:
    `envelope` (natural logarithm of power), `noise` (aperiodicity 0…1), `voiced`, `power` (dB) by frame."""

    utterances: dict[Key, Utterance]
    envelope: NDArray[np.float32]
    noise: NDArray[np.float32]
    voiced: NDArray[np.bool_]
    power: NDArray[np.float32]


def key_of(leaning: Sequence[Word], word: Word) -> Key:
    """What is said for `word` with the vowelless words before it, and in which language."""
    return " ".join(w.spoken for w in (*leaning, word)), word.language


def speak_all(
    words: Iterable[tuple[tuple[Word, ...], Word]], singer: str
) -> tuple[dict[Key, Utterance], NDArray[np.float32], list[int]]:
    """Every different word spoken once in the voice variant `singer` ("f2"), one after another.

    `words` are pairs of the vowelless words that lean on a word, and the word. Also returned: at which sample
    the silence before each word begins, which lasts 60 ms.
    """
    sounds: list[NDArray[np.float32]] = []
    utterances: dict[Key, Utterance] = {}
    silences: list[int] = []
    at = 0
    lead = int(_LEAD_S * RATE)
    for leaning, word in words:
        key = key_of(leaning, word)
        if key in utterances:
            continue
        text = " ".join(_as_spoken(w) for w in (*leaning, word))
        speech = speak(
            text, language=f"{word.language}+{singer}", rate=_WORDS_A_MINUTE, pitch=_PITCH, swing=0
        )
        begin, end = _audible(speech.samples)
        offset = at + lead - begin
        utterances[key] = _cut(leaning, word, speech.phonemes, begin / RATE, end / RATE, offset / RATE)
        sounds += [np.zeros(lead, np.float32), _faded(speech.samples[begin:end])]
        silences.append(at)
        at += lead + end - begin
    return utterances, np.concatenate([*sounds, np.zeros(lead, np.float32)]), silences


def learn(
    words: Iterable[tuple[tuple[Word, ...], Word]], singer: str, progress: Callable[[float], None]
) -> Voice:
    """Speak every different word once (`speak_all`) and analyse the whole, in passages."""
    utterances, spoken, silences = speak_all(words, singer)
    cuts = _passages(silences, len(spoken))
    passages = list(pairwise(cuts))
    progress(0.05)

    def analysed(mine: list[tuple[int, int]], tell: Callable[[float], None]) -> list[_Frames]:
        told = []
        for place, (begin, end) in enumerate(mine):
            told.append(_analysed(spoken[begin:end].astype(np.float64), begin, utterances))
            tell((place + 1) / len(mine))
        return told

    halves = [passages[0::2], passages[1::2]]
    even, odd = side_by_side(analysed, halves, lambda share: progress(0.05 + 0.95 * share))
    frames = [half[place // 2] for place in range(len(passages)) for half in [odd if place % 2 else even]]
    envelope, noise, voiced = (np.concatenate(one) for one in zip(*frames, strict=True))
    power = 10 * np.log10(np.exp(envelope).sum(axis=1) + 1e-12)
    return Voice(utterances, envelope, noise, voiced, power)


def _passages(silences: Sequence[int], length: int) -> list[int]:
    """Where to cut the speech: in silences, on the grid, about every six seconds; its end comes last."""
    cuts = [0]
    for silence in silences:
        # The silence holds three places of the grid; the middle one has silence on both sides.
        place = (silence // _GRID + 2) * _GRID
        if place - cuts[-1] >= _PASSAGE_S * RATE:
            cuts.append(place)
    return [*cuts, -(-length // _GRID) * _GRID]


_Frames = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_]]


def _analysed(sound: NDArray[np.float64], begin: int, utterances: Mapping[Key, Utterance]) -> _Frames:
    """Envelope, noise and voicing (as in `Voice`) of a passage that begins at sample `begin`."""
    sound = np.pad(sound, (0, -len(sound) % _GRID))
    count = len(sound) // _GRID * _GRID_FRAMES
    pitch, times = pyworld.dio(sound, RATE, f0_floor=_LOWEST_HZ, f0_ceil=400.0, frame_period=FRAME_S * 1000)
    pitch = pyworld.stonemask(sound, pitch, times, RATE)
    pitch = _voiced_in_vowels(pitch, times + begin / RATE, utterances)[:count]
    times = times[:count]
    envelope = pyworld.cheaptrick(sound, pitch, times, RATE, f0_floor=_LOWEST_HZ, fft_size=_FFT)
    # Noise changes slowly and costs the most: every second frame.
    noise = pyworld.d4c(sound, pitch[::2].copy(), times[::2].copy(), RATE, fft_size=_FFT)
    return (
        np.log(envelope + 1e-14).astype(np.float32),
        np.repeat(noise.astype(np.float32), 2, axis=0)[:count],
        pitch > 0,
    )


def _voiced_in_vowels(
    pitch: NDArray[np.float64], times: NDArray[np.float64], utterances: Mapping[Key, Utterance]
) -> NDArray[np.float64]:
    """`pitch` (hertz by frame, 0 is voiceless) without holes inside vowels.

    A short vowel between voiceless consonants seems voiceless to the estimator; held for a note, it would be
    whispered.
    """
    vowel = np.zeros(len(times), dtype=bool)
    for utterance in utterances.values():
        for piece in utterance.pieces:
            vowel |= (times > piece.vowel + FRAME_S) & (times < piece.vowel_end - FRAME_S)
    known = pitch > 0
    return np.where(vowel & ~known, np.interp(times, times[known], pitch[known]), pitch)


def _as_spoken(word: Word) -> str:
    """The word as espeak-ng should read it: its Kazakh voice hears every «у» as a consonant, so where
    «у» is a vowel the vowel is written out (су → сұу)."""
    if word.language != "kk" or "у" not in word.spoken:
        return word.spoken
    back = not any(letter in _FRONT for letter in word.spoken)
    out = ""
    for place, letter in enumerate(word.spoken):
        before = word.spoken[place - 1] if place else ""
        if letter == "у" and before in _CONSONANT_LETTERS:
            out += "ұ" if back else "ү"
        out += letter
    return out


def _audible(samples: NDArray[np.float32]) -> tuple[int, int]:
    """First and last sample that can be heard: within 40 dB of the loudest millisecond."""
    step = RATE // 1000
    count = len(samples) // step
    loud = np.abs(samples[: count * step]).reshape(count, step).max(axis=1)
    heard = np.flatnonzero(loud > loud.max() / 100)
    return int(heard[0]) * step, min(len(samples), int(heard[-1] + 1) * step)


def _faded(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    samples = samples.copy()
    ramp = np.linspace(0, 1, 44, dtype=np.float32)
    samples[:44] *= ramp
    samples[-44:] *= ramp[::-1]
    return samples


def _cut(
    leaning: Sequence[Word],
    word: Word,
    phonemes: Sequence[Phoneme],
    begin: float,
    end: float,
    offset: float,
) -> Utterance:
    """The utterance cut into syllables: as many consonants go to a syllable as it has consonant letters."""
    vowels = [n for n, phoneme in enumerate(phonemes) if is_vowel(phoneme)]
    count = len(word.syllables)
    if len(vowels) != count:
        raise ValueError(f"{word.spoken!r} has {count} syllables, espeak-ng says {len(vowels)}")
    starts = [max(begin, phoneme.start_ms / 1000) for phoneme in phonemes]
    starts[0] = begin
    ends = [*starts[1:], end]

    before = [sum(letter in _CONSONANT_LETTERS for letter in w.spoken) for w in leaning]
    first = min(sum(before), vowels[0])
    pieces = [Piece(starts[first] + offset, starts[vowels[0]] + offset, ends[vowels[0]] + offset)]
    for n in range(1, count):
        onset = _leading_consonants(word.syllables[n])
        coda = _leading_consonants(word.syllables[n - 1][::-1])
        between = vowels[n] - vowels[n - 1] - 1
        own = between if coda == 0 else min(between, max(onset, between - coda) if onset else 0)
        begins = vowels[n] - own
        pieces.append(Piece(starts[begins] + offset, starts[vowels[n]] + offset, ends[vowels[n]] + offset))
    lean = tuple(starts[sum(before[:n])] + offset for n in range(len(leaning)))
    return Utterance(lean, tuple(pieces), end + offset, min(begin, 0.05))


def _leading_consonants(letters: str) -> int:
    """How many consonants `letters` begin with; «у» beside a vowel is one (уақ-, and read backwards -ау)."""
    count = 0
    for place, letter in enumerate(letters):
        glide = letter == "у" and place == 0 and letters[1:2] in tuple(_GLIDED)
        if letter in _CONSONANT_LETTERS or glide:
            count += 1
        elif letter not in "ьъ-":
            break
    return count


def is_vowel(phoneme: Phoneme) -> bool:
    """Whether a syllable can be sung on it; espeak-ng's short helping vowels end in "-"."""
    return not phoneme.name.endswith("-") and any(letter in _VOWELS for letter in phoneme.name)
