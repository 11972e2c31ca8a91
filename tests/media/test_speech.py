"""Speech from espeak-ng."""

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest

from aqyn.media.speech import MOST_CHARACTERS, RATE, SpeechError, speak


def names(text: str, language: str) -> list[str]:
    return [phoneme.name.lstrip("',%") for phoneme in speak(text, language=language).phonemes]


def test_a_kazakh_word_is_spoken_sound_by_sound() -> None:
    assert names("терезе", "kk") == ["t", "e", "*", "e", "z", "e"]


def test_a_russian_word_is_spoken_by_the_russian_voice() -> None:
    assert names("пуст", "ru") == ["p", "u", "s", "t"]


def test_phonemes_follow_one_another_within_the_sound() -> None:
    speech = speak("Қызылорда", language="kk")
    moments = [moment for phoneme in speech.phonemes for moment in (phoneme.start_ms, phoneme.end_ms)]
    assert moments == sorted(moments)
    assert moments[-1] <= len(speech.samples) * 1000 / RATE


def test_each_word_says_where_it_lies_in_the_text() -> None:
    text = "үні талды"
    words = speak(text, language="kk").words
    assert [text[word.position : word.position + word.length] for word in words] == ["үні", "талды"]


def test_faster_speech_is_shorter() -> None:
    slow = speak("Қызылорда", language="kk", rate=90)
    fast = speak("Қызылорда", language="kk", rate=200)
    assert len(fast.samples) < len(slow.samples)


def test_samples_are_sound_between_minus_one_and_one() -> None:
    samples = speak("шам", language="kk+f2").samples
    assert samples.dtype == np.float32
    assert 0.05 < np.abs(samples).max() <= 1


def test_a_fresh_process_says_the_same_samples() -> None:
    program = (
        "import hashlib; from aqyn.media.speech import speak;"
        "print(hashlib.sha256(speak('сыр бермесін', language='kk+f2').samples.tobytes()).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for _ in range(2)
    }
    assert len(said) == 1
    assert len(said.pop().strip()) == hashlib.sha256().digest_size * 2


@pytest.mark.parametrize(
    ("text", "language"),
    [("сыр", "no-such-voice"), ("сыр" * MOST_CHARACTERS, "kk"), ("сы\0р", "kk")],
    ids=["unknown voice", "too long", "NUL"],
)
def test_what_it_cannot_say_it_refuses(text: str, language: str) -> None:
    with pytest.raises(SpeechError):
        speak(text, language=language)
