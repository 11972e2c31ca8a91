"""What a format can hold comes back unchanged."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.core.lyrics.formats import held
from tests.core.lyrics.strategies import sheets

from aqyn.core.lyrics.formats import FORMATS, FormatError, guess, sylt, text, uslt, vorbis
from aqyn.core.lyrics.formats.id3 import ENCODINGS
from aqyn.core.lyrics.model import LayerText, Line, Section
from aqyn.core.lyrics.timing import Cue, LineCues

# Letters and marks that each format holds as they are.
WORDS = st.text("аәқңөһіşğwxzабвЯ,!—’«»", min_size=1, max_size=8)
# Words that would be chords, headings or directives where words are pasted.
PASTED = st.one_of(
    WORDS, st.sampled_from(["A", "Am", "B", "[Am]", "[chorus]", "{c:", "{c:x}", "|", "x2", "#"])
)
MARKS = st.text('аәқabc,.!—’{}&<>"#/\\:;|*[]()-', min_size=1, max_size=8)
NO_BRACES = st.text('аәқabc,.!—’&<>"#/:;|*[]()-', min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(sheets(word_level=True, languages=True, readings=True, overlaps=True, text=MARKS))
def test_webvtt_gives_back_words_syllables_and_languages(sheet):
    assert FORMATS["vtt"].read(FORMATS["vtt"].write(sheet)) == held.vtt(sheet)


@settings(max_examples=100, deadline=None)
@given(sheets(word_level=True, languages=False, overlaps=True, text=NO_BRACES))
def test_srt_gives_back_lines(sheet):
    assume(not any("->" in line.text for line in sheet.lines))
    try:
        written = FORMATS["srt"].write(sheet)
    except FormatError as error:
        assert "a mark of the format" in str(error)
    else:
        assert FORMATS["srt"].read(written) == held.srt(sheet)


@settings(max_examples=150, deadline=None)
@given(
    sheets(
        word_level=True,
        languages=False,
        overlaps=True,
        step=10,
        text=NO_BRACES.filter(lambda w: "\\" not in w),
    )
)
def test_ass_gives_back_words_and_syllables(sheet):
    assert FORMATS["ass"].read(FORMATS["ass"].write(sheet)) == held.ass(sheet)


@settings(max_examples=150, deadline=None)
@given(sheets(word_level=True, languages=False, text=MARKS))
def test_sylt_gives_back_words_and_syllables(sheet):
    assert FORMATS["sylt"].read(FORMATS["sylt"].write(sheet)) == held.sylt(sheet)


@settings(max_examples=150, deadline=None)
@given(sheets(word_level=True, languages=False, text=PASTED))
def test_text_and_uslt_give_back_the_words_in_their_sections(sheet):
    assert text.read(text.write(sheet)) == held.text(sheet)
    assert uslt.read(uslt.write(sheet)) == held.uslt(sheet)


@settings(max_examples=60, deadline=None)
@given(sheets(word_level=True, languages=False, text=WORDS))
def test_vorbis_comments_hold_what_enhanced_lrc_does(sheet):
    enhanced = FORMATS["enhanced-lrc"]
    expected = enhanced.read(enhanced.write(sheet))
    assert vorbis.read(vorbis.write(sheet)) == expected
    untimed = replace(sheet, cues=(None,) * len(sheet.cues))
    back = vorbis.read(vorbis.write(untimed))
    assert (back.sections, back.title, back.artist) == (
        held.uslt(sheet).sections,
        " ".join(sheet.title.split()),
        sheet.artist,
    )


@given(
    st.integers(0, len(ENCODINGS) - 1), st.sampled_from(["kk", "ru", "en"]), st.text("аәқabc \n", max_size=30)
)
def test_frames_are_the_same_in_every_encoding(encoding, language, said):
    if encoding == 0:
        said = said.encode("ascii", "ignore").decode()
    words = uslt.Words(language, "about", said)
    assert uslt.unpacked(uslt.packed(words, encoding)) == words
    timed = sylt.Timed(language, "about", (sylt.Piece(said, 0), sylt.Piece("é", 86_400_000)))
    assert sylt.unpacked(sylt.packed(timed, encoding)) == timed


@settings(max_examples=60, deadline=None)
@given(sheets(word_level=True, languages=False, text=WORDS))
def test_what_was_written_is_guessed(sheet):
    word_level = any(cues and cues.words for cues in sheet.cues)
    for key, form in FORMATS.items():
        if key == "enhanced-lrc" and not word_level:
            continue
        assert guess(form.write(sheet))[0].key == key


UNTIMED = FORMATS["text"].read("сөз\nтағы сөз".encode())


@pytest.mark.parametrize("key", ["vtt", "srt", "ass", "sylt"])
def test_a_song_without_any_time_is_no_subtitles(key):
    with pytest.raises(FormatError, match="No line of the song has a time"):
        FORMATS[key].write(UNTIMED)


@pytest.mark.parametrize("key", list(FORMATS))
def test_a_line_without_words_is_refused_with_its_place(key):
    sheet = replace(UNTIMED, sections=(Section("verse", (Line("сөз", "kk"), Line(" ", "kk"))),))
    timed = replace(sheet, cues=(LineCues(0, 10), LineCues(10, 20)))
    with pytest.raises(FormatError) as refused:
        FORMATS[key].write(timed)
    assert str(refused.value) == "line 2: a line without words cannot be written."


@pytest.mark.parametrize("key", ["enhanced-lrc", "ttml", "vtt", "ass", "sylt"])
def test_times_for_other_words_are_refused_with_their_line(key):
    sheet = replace(UNTIMED, cues=(LineCues.of([Cue(0, 5)]), LineCues.of([Cue(5, 9)])))
    with pytest.raises(FormatError) as refused:
        FORMATS[key].write(sheet)
    assert str(refused.value) == "line 2: there are not as many times as words."


def test_ttml_writes_a_transliteration_with_the_times_of_its_line():
    line = Line("Қайтып кел", "kk", {"kk-Latn": LayerText("Qaityp kel", "imported")})
    cues = LineCues.of([Cue(1000, 2000, (1000, 1500)), Cue(2000, 3000, (2000,))])
    sheet = replace(UNTIMED, sections=(Section("verse", (line,)),), cues=(cues,), language="kk-Cyrl")
    written = FORMATS["ttml"].write(sheet).decode()
    assert (
        '<text for="L1"><span begin="00:00:01.000" end="00:00:01.500">Qai</span>'
        '<span begin="00:00:01.500" end="00:00:02.000">typ</span>'
        ' <span begin="00:00:02.000" end="00:00:03.000">kel</span></text>' in written
    )
    assert FORMATS["ttml"].read(written.encode()) == sheet
