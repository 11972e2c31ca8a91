"""Each format gives back what it can hold, and refuses the rest in one sentence naming the line."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.lyrics.strategies import sheets

from aqyn.core.lyrics.formats import enhanced_lrc, lrc, ttml
from aqyn.core.lyrics.formats.sheet import FormatError, Sheet, decoded
from aqyn.core.lyrics.model import LayerText, Line, Section, escaped, plain
from aqyn.core.lyrics.timing import Cue, LineCues

SAFE = st.text('аәқңөabc,.!—’{}&<>"', min_size=1, max_size=8)


def held_by_lrc(sheet: Sheet, *, words: bool) -> Sheet:
    """What LRC keeps: kinds, names, languages and other layers are lost; lines end where the next begin."""
    primary = sheet.language.split("-")[0]
    sections = tuple(
        Section("verse", tuple(Line(escaped(plain(line.text)), primary) for line in section.lines))
        for section in sheet.sections
    )
    starts = [cues.start for cues in sheet.cues if cues]
    cues, place = [], 0
    for line in sheet.cues:
        place += line is not None
        after = starts[place] if line and place < len(starts) else None
        if line and not (words and line.words):
            line = LineCues(line.start, line.end if after is None else min(line.end, after))
        cues.append(line)
    return replace(sheet, sections=sections, cues=tuple(cues), title=" ".join(sheet.title.split()))


@settings(max_examples=150, deadline=None)
@given(sheets(word_level=True, languages=False, overlaps=True, text=SAFE))
def test_lrc_gives_back_lines_and_their_times(sheet):
    assert lrc.read(lrc.write(sheet)) == held_by_lrc(sheet, words=False)


@settings(max_examples=80, deadline=None)
@given(sheets(word_level=False, languages=False, step=10, text=SAFE))
def test_lrc_in_hundredths_gives_back_hundredths(sheet):
    assert lrc.read(lrc.write(sheet, digits=2)) == held_by_lrc(sheet, words=False)


@settings(max_examples=200, deadline=None)
@given(sheets(word_level=True, languages=False, text=SAFE))
def test_enhanced_lrc_gives_back_words_and_syllables(sheet):
    assert enhanced_lrc.read(enhanced_lrc.write(sheet)) == held_by_lrc(sheet, words=True)


@settings(max_examples=200, deadline=None)
@given(sheets(word_level=True, languages=True, readings=True, overlaps=True))
def test_ttml_gives_back_everything(sheet):
    assert ttml.read(ttml.write(sheet)) == sheet


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text("[]<>:.0123456789 аб\n#", max_size=200)))
def test_any_text_is_a_sheet_or_one_refusal(text):
    for form in (lrc, enhanced_lrc, ttml):
        try:
            sheet = form.read(text)
        except FormatError as error:
            assert str(error).count("\n") == 0
        else:
            assert len(sheet.lines) == len(sheet.cues)


@settings(max_examples=200, deadline=None)
@given(sheets(word_level=True, languages=True, readings=True), st.data())
def test_a_damaged_ttml_is_a_sheet_or_one_refusal(sheet, data):
    text = ttml.write(sheet)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    try:
        ttml.read(text[:start] + data.draw(st.text('<>/&"=spandiv19:.', max_size=8)) + text[end:])
    except FormatError as error:
        assert error.line is None or 1 <= error.line <= text.count("\n") + 1


def test_lrc_as_found_in_the_world():
    sheet = lrc.read(
        "\ufeff[ti:Қызылорда]\n[ar: Мадина ]\n[la:kk]\n[offset:+500]\n"
        "[00:01.5][01:00.50]Қызылорда\n[00:03.25]\n[00:02:00] тек бір\n".lstrip("\ufeff")
    )
    assert [line.text for line in sheet.lines] == ["Қызылорда", "тек бір", "Қызылорда"]
    assert sheet.cues == (LineCues(1000, 1500), LineCues(1500, 2750), LineCues(60000, 60000))
    assert (sheet.title, sheet.artist, sheet.language) == ("Қызылорда", "Мадина", "kk")


def test_headings_and_empty_lines_part_the_sections():
    sheet = lrc.read("[Chorus]\n[00:01.00]а\n\n[00:02.00]б\n[Verse 2]\n[00:03.00]в\n[Соңы]\n[00:04.00]г")
    assert [(s.kind, s.name) for s in sheet.sections] == [
        ("chorus", ""),
        ("verse", ""),
        ("verse", ""),
        ("verse", "Соңы"),
    ]


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("[00:01.00]<00:01.00>Те<00:01.20>ре<00:01.60> <00:02.00>ал<00:02.50>", ((1000, 1600), (2000, 2500))),
        ("[00:01.00] <00:01.00> Тере <00:02.00> ал <00:02.50>", ((1000, 2000), (2000, 2500))),
        ("[00:01.00]<00:01.00>Тере<00:01.60> ал<00:02.50>", ((1000, 1600), (1600, 2500))),
        ("[00:01.00]<00:01.00>Тере <00:02.00>ал\n[00:04.00]", ((1000, 2000), (2000, 4000))),
    ],
)
def test_enhanced_lrc_in_the_ways_it_is_written(text, cues):
    sheet = enhanced_lrc.read(text)
    assert sheet.lines[0].text == "Тере ал"
    assert tuple((word.start, word.end) for word in sheet.cues[0].words) == cues


def test_a_line_sung_again_keeps_its_pace():
    sheet = enhanced_lrc.read("[00:01.00][00:11.00]<00:01.00>а <00:02.00>б<00:03.00>")
    assert sheet.cues[1] == LineCues.of([Cue(11000, 12000, (11000,)), Cue(12000, 13000, (12000,))])


def test_ttml_as_players_write_it():
    sheet = ttml.read(
        """<tt xmlns="http://www.w3.org/ns/ttml" xmlns:itunes="http://itunes.apple.com/lyric-ttml-extensions"
         xmlns:ttm="http://www.w3.org/ns/ttml#metadata" itunes:timing="Word" xml:lang="kk">
        <head><metadata><iTunesMetadata xmlns="http://music.apple.com/lyric-ttml-internal"><translations>
        <translation type="subtitle" xml:lang="en"><text for="L1">Come back home</text></translation>
        </translations></iTunesMetadata></metadata></head>
        <body dur="3:01.5"><div begin="12.345" itunes:songPart="Chorus"><p begin="12.345" end="15.0"
        itunes:key="L1"><span begin="12.345" end="12.8">Қай</span><span begin="12.8" end="13">тып
        </span><span begin="13s" end="13500ms">кел,</span>
        <span begin="14" end="15" xml:lang="ru">вернись домой</span></p></div></body></tt>"""
    )
    assert sheet.lines == (
        Line("Қайтып кел, {ru:вернись домой}", "kk", {"en": LayerText("Come back home", "imported")}),
    )
    assert sheet.cues[0].words == (
        Cue(12345, 13000, (12345, 12800)),
        Cue(13000, 13500, (13000,)),
        Cue(14000, 14583, (14000,)),
        Cue(14583, 15000, (14583,)),
    )
    assert sheet.sections[0].kind == "chorus"


@pytest.mark.parametrize(
    ("form", "text", "told"),
    [
        (lrc, "[00:01.00]а\n[00:77.00]б", "line 2: “[00:77.00]” is not a time."),
        (lrc, "[00:01.00]а\n[zz:1.00", "line 2: “[zz:1.00” is not a time such as [01:02.34]."),
        (lrc, "тек сөз", "No line of the file has a time such as [01:02.34]."),
        (lrc, "[00:01.00]а\n\x00", "line 2: there is a control character."),
        (lrc, "[offset:many]\n[00:01.00]а", "The offset “many” is not a whole number of milliseconds."),
        (
            enhanced_lrc,
            "\n[00:01.00]<00:05.00>а <00:02.00>б",
            "line 2: the times of its words do not follow one another.",
        ),
        (
            ttml,
            "<tt><body>\n<p begin='1' end='2'>а</p>\n<p begin='x'>б</p></body></tt>",
            "line 3: “x” is not a time.",
        ),
        (ttml, "<tt>\n<body>", "line 2: this is not well-formed XML."),
        (ttml, "<html/>", "line 1: this is not a TTML file: it has no <tt> with a <body>."),
        (ttml, "<tt><body/></tt>", "line 1: there are no lines in the <body>."),
        (ttml, '<!DOCTYPE tt [<!ENTITY a "b">]>\n<tt>&a;</tt>', "line 1: a document type is not taken."),
        (ttml, "<tt>\n" + "<a>" * 100, "line 2: there are more elements here than lyrics need."),
        (ttml, "<tt><body><p begin='2' end='1'>а</p></body></tt>", "line 1: it ends before it begins."),
        (
            ttml,
            "<tt><body>\n<p><span begin='2' end='3'>а</span> <span begin='1'>б</span></p></body></tt>",
            "line 2: the times of its words do not follow one another.",
        ),
        (ttml, "<tt xml:lang='!'><body><p>а</p></body></tt>", "line 1: “!” is not a language tag."),
    ],
)
def test_a_fault_is_told_with_its_line(form, text, told):
    with pytest.raises(FormatError) as refused:
        form.read(text)
    assert str(refused.value) == told


@pytest.mark.parametrize("form", [lrc, enhanced_lrc, ttml])
def test_a_huge_file_is_refused_before_it_is_read(form):
    with pytest.raises(FormatError, match="longer than any song"):
        form.read("а" * 4_000_001)


def test_a_file_of_too_many_lines_is_refused():
    with pytest.raises(FormatError, match="at most 2000 lines"):
        lrc.read("[00:01.00]а\n" * 2001)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            b"[00:01.00]\xd0\xb0\n\xff\n",
            "line 2: this is not UTF-8 text: save it as UTF-8, or copy its words and paste them.",
        ),
        (b"a\n\x00", "line 2: there is a control character."),
    ],
)
def test_bytes_that_are_no_text_are_refused(data, told):
    with pytest.raises(FormatError) as refused:
        decoded(data)
    assert str(refused.value) == told


@pytest.mark.parametrize("data", ["\ufeff[00:01.00]а\r\n".encode(), "[00:01.00]а\n".encode("utf-16")])
def test_the_usual_encodings_are_read(data):
    assert decoded(data) == "[00:01.00]а\n"
