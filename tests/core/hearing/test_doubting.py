import numpy as np
import pytest

from aqyn.core.hearing.chain import NOBODY, SungWord
from aqyn.core.hearing.doubting import fit_in_order, is_silent, shortest_s
from aqyn.core.hearing.sounds import SOUNDS

FRAMES = 4_000


def song(seed, lines=12):
    """Lines of three words of three sounds."""
    rng = np.random.default_rng(seed)
    return [
        SungWord(tuple(int(sound) for sound in rng.integers(0, len(SOUNDS), 3)), line)
        for line in range(lines)
        for _ in range(3)
    ]


def sung(words, clear=2.0, seed=0):
    """What a network would tell that hears each sound for 15 frames and nobody between lines, in noise."""
    told = np.random.default_rng(seed).normal(0, 1, (FRAMES, NOBODY + 1)).astype(np.float32)
    at = 50
    for number, word in enumerate(words):
        if number and word.line != words[number - 1].line:
            told[at : at + 100, NOBODY] += clear
            at += 100
        for sound in word.sounds:
            told[at : at + 15, sound] += clear
            at += 15
    return told


@pytest.mark.parametrize("seed", range(4))
def test_words_that_are_sung_fit_in_their_order_and_others_do_not(seed):
    told = sung(song(seed))
    assert fit_in_order(told, song(seed))
    assert not fit_in_order(told, song(seed + 50))


@pytest.mark.parametrize("seed", range(4))
def test_noise_fits_no_words(seed):
    assert not fit_in_order(sung([], seed=seed), song(seed))


def test_the_same_words_in_another_order_do_not_fit():
    words = song(1)
    backwards = [SungWord(word.sounds, 11 - word.line) for word in words]
    assert not fit_in_order(sung(words), sorted(backwards, key=lambda word: word.line))


def test_a_song_of_one_line_cannot_be_told_by_its_order():
    words = [SungWord((0, 5), line) for line in range(12)]
    assert fit_in_order(sung(words), words)


def test_a_song_that_is_mostly_its_chorus_fits():
    words = [
        SungWord((0, 15), line) if line % 4 else SungWord((line // 4, 16, 3), line) for line in range(16)
    ]
    assert fit_in_order(sung(words), words)


def test_two_lines_are_told_by_their_words():
    words = song(3, lines=2)
    assert fit_in_order(sung(words)[:600], words)


def test_how_long_words_take_at_least():
    vowel, consonant = SOUNDS.index("a"), SOUNDS.index("m")
    assert shortest_s([SungWord((consonant, vowel), 0), SungWord((vowel,), 1)]) == pytest.approx(0.18)


def test_what_is_hardly_there_is_silence():
    assert is_silent(np.full(100, -60, np.float32))
    assert not is_silent(np.array([-60, 10], np.float32))
