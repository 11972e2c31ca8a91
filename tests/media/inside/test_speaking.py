import pytest

from aqyn.core.hearing.sounds import SOUNDS
from aqyn.media.errors import UnknownLanguage
from aqyn.media.inside.speaking import key, pronounced, speak_words


def said(language, word):
    return "".join(SOUNDS[sound] for sound in pronounced([(language, word)])[key(language, word)])


def test_a_word_is_made_of_the_sounds_that_its_language_has():
    assert said("kk-Cyrl", "терезе") == "terese"
    assert said("ru", "юла") == "jula"
    assert said("es", "pero") == "pero"


def test_a_russian_word_in_a_kazakh_line_is_russian():
    assert said("kk-Cyrl", "вернись") == said("ru", "вернись")
    assert said("kk-Cyrl", "жолың") != said("ru", "жолың")


def test_what_cannot_be_spoken_is_sung_all_the_same():
    assert said("kk-Cyrl", "—") == "ə"


def test_what_is_there_already_is_not_spoken_again():
    assert pronounced([("kk", "бір"), ("kk", "су")], besides=[key("kk", "бір")]).keys() == {key("kk", "су")}


def test_three_voices_say_how_the_sounds_of_the_words_sound():
    spoken = speak_words([("kk-Cyrl", "терезе"), ("ru", "юла")])
    assert spoken.sounds.keys() == {"kk-Cyrl:терезе", "ru:юла"}
    # A vowel that begins with a glide is one phoneme there: all of it counts as the vowel.
    assert {SOUNDS[sound] for sound in spoken.sums.frames.nonzero()[0]} == set("tersula")


def test_a_language_that_is_not_known_is_named():
    with pytest.raises(UnknownLanguage) as told:
        speak_words([("xx-Cyrl", "сөз")])
    assert told.value.details == {"language": "xx-Cyrl"}
