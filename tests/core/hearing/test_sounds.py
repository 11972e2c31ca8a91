import pytest

from aqyn.core.hearing.sounds import ANY, SOUNDS, VOWELS, sounds_of


@pytest.mark.parametrize(
    ("phoneme", "sound"),
    [
        ("a", "a"),
        ("'a:", "a"),
        ("ә", "ə"),
        ("E2", "e"),
        ("tS", "tʃ"),
        ("dZ", "tʃ"),
        ("ts", "s"),
        ("S;", "ʃ"),
        ("t", "t"),
        ("q", "k"),
        ("N", "n"),
        ("ɯ", "y"),
        ("R", "r"),
        ("ŋ", "n"),
        ("θ", "f"),
        ("*", "r"),
        ("**", "r"),
        ("'ja", "ja"),
        ("ju", "ju"),
        ("j", "j"),
    ],
)
def test_a_phoneme_is_of_the_class_that_it_begins_with(phoneme, sound):
    assert "".join(SOUNDS[one] for one in sounds_of(phoneme)) == sound


@pytest.mark.parametrize("pause", ["", "_", "_:", "'", ";", "(en)", "(fr)"])
def test_a_pause_or_a_mark_is_no_sound(pause):
    assert sounds_of(pause) == ()


def test_vowels_come_first_and_the_neutral_one_is_among_them():
    assert [SOUNDS[vowel] for vowel in sorted(VOWELS)] == ["a", "e", "i", "o", "u", "ə", "y"]
    assert ANY in VOWELS
