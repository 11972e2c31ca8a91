"""Words in the letters that MMS knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqyn.media.backends.romanising import LETTERS, romanised


@pytest.mark.parametrize(
    ("word", "language", "written"),
    [
        ("Қызылорда,", "kk-Cyrl", "qyzylorda"),
        ("Qyzylorda", "kk-Latn", "qyzylorda"),
        ("قىزىلوردا", "kk-Arab", "qyzylorda"),
        ("әңгіме", "kk", "anggime"),
        ("şaşu", "kk-Latn", "shashu"),
        ("Почему", "ru", "pochemu"),
        ("день", "ru", "den"),
        ("їжак", "uk", "yizhak"),
        ("cœur", "fr", "coeur"),
        ("l’été", "fr", "l'ete"),
        ("'Tis", "en", "tis"),
        ("“Здравствуй”", "ru", "zdravstvuy"),
        ("niño", "es", "nino"),
        ("Straße", "de", "strasse"),
        ("7", "kk", ""),
        ("歌", "zh", ""),
        ("—", "en", ""),
    ],
)
def test_a_word_is_written_as_it_sounds(word, language, written):
    assert romanised(word, language) == written


@given(st.text(max_size=30), st.sampled_from(["kk-Cyrl", "kk-Latn", "kk-Arab", "ru", "en", "und"]))
def test_whatever_is_written_comes_out_in_its_letters(word, language):
    assert set(romanised(word, language)) <= set(LETTERS)
