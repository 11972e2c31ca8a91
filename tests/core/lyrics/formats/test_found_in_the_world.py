"""Files as other programs write them, and what is told of those that are broken."""

from dataclasses import replace

import pytest

from aqyn.core.lyrics.formats import FORMATS, FormatError, guess
from aqyn.core.lyrics.model import LayerText, Line, Section
from aqyn.core.lyrics.timing import Cue, LineCues

NO_TIMES = "is not a time such as 00:01:02.340 --> 00:01:04.500."
BACKWARDS = "the times of its words do not follow one another."


def spans(sheet) -> list[list[tuple[int, int]]]:
    return [[(word.start, word.end) for word in cues.words] for cues in sheet.cues]


def texts(sheet) -> list[str]:
    return [line.text for line in sheet.lines]


def test_webvtt_with_all_that_is_passed_over():
    form, sheet = guess(
        """WEBVTT - Қызылорда
Kind: captions
Language: kk

STYLE
::cue(.sung) { color: gold }

REGION
id:low

NOTE 00:00 is where
the song begins

intro
00:01.000 --> 00:02.500 align:start position:10%
<v Мадина><c.sung>Қызылорда</c></v> &lt;3

not a subtitle: nothing says when

00:01:00.000 --> 00:01:04.000
<00:01:00.500><c>Тек</c><00:01:01.000><c> бір</c><00:01:02.000><c> <lang ru>сон</lang></c>
""".encode()
    )
    assert form.key == "vtt"
    assert texts(sheet) == ["Қызылорда <3", "Тек бір {ru:сон}"]
    assert sheet.cues[0] == LineCues(1000, 2500)
    assert spans(sheet)[1] == [(60500, 61000), (61000, 62000), (62000, 64000)]
    assert sheet.language == "kk"


def test_two_lines_under_one_time_are_one_line_unless_the_second_says_when():
    broken = guess("WEBVTT\n\n00:01.000 --> 00:03.000\nҚайтып кел\nүйге\n".encode())[1]
    assert texts(broken) == ["Қайтып кел үйге"]
    two = guess("WEBVTT\n\n00:01.000 --> 00:05.000\nҚайтып <00:02.000>кел\n<00:03.000>үйге\n".encode())[1]
    assert texts(two) == ["Қайтып кел", "үйге"]
    assert spans(two) == [[(1000, 2000), (2000, 3000)], [(3000, 5000)]]


def test_srt_as_it_is_typed():
    form, sheet = guess(
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,5 X1:40 X2:600\r\n"
        "<i>Шам</i> <font color='#fff'>жанып</font>\r\nтұр\r\n"
        "2\r\n0:00:05.100-->0:00:06.000\r\n{\\an8}1999\r\n\r\n"
        "3\r\n00:00:03,000 --> 00:00:04,000\r\nеді <3\r\n"
        "\r\nғой\r\n".encode()
    )
    assert form.key == "srt"
    assert texts(sheet) == ["Шам жанып тұр", "еді <3 ғой", "1999"]
    assert sheet.cues == (LineCues(1000, 2500), LineCues(3000, 4000), LineCues(5100, 6000))


ASS = """[Script Info]
; typed by hand
Title: Қызылорда
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Start, End, Layer, Text
Comment: 0:00:00.00,0:00:09.00,0,{\\k10}not sung
Dialogue: 0:00:01.00,0:00:03.00,0,{\\pos(1,2)\\k50}{\\kf20}Қай{\\K30\\b1}тып, {\\ko40}кел{\\k10} {\\k20}үй
Dialogue: 0:00:04.00,0:00:05.00,0,{\\i1}Тек бір{\\i0}\\Nсон, {\\p1}m 0 0 l 9 9{\\p0}иә
Dialogue: 0:00:06.00,0:00:08.00,0,{\\k50}Те{\\k50}рез\\N{\\k50}е
Dialogue: 0:00:08.00,0:00:09.00,0,{\\kt20\\k30}шам{\\kt60\\k10} жан
"""


def test_ass_karaoke_with_marks_of_every_kind():
    form, sheet = guess(ASS.encode())
    assert form.key == "ass"
    assert texts(sheet) == ["Қайтып, кел үй", "Тек бір сон, иә", "Терез", "е", "шам жан"]
    assert sheet.cues[0].words == (
        Cue(1500, 2000, (1500, 1700)),
        Cue(2000, 2400, (2000,)),
        Cue(2500, 2700, (2500,)),
    )
    assert sheet.cues[1] == LineCues(4000, 5000)
    assert spans(sheet)[2:] == [[(6000, 7000)], [(7000, 7500)], [(8200, 8600), (8600, 8700)]]
    assert sheet.title == "Қызылорда"


def test_ass_rounds_each_time_by_itself():
    words = [Cue(at, at + 1005, (at,)) for at in range(0, 5025, 1005)]
    lines = (Line("бір екі үш төрт бес", "kk"),)
    sheet = replace(guess("сөз".encode())[1], sections=(Section("verse", lines),), cues=(LineCues.of(words),))
    read = FORMATS["ass"].read(FORMATS["ass"].write(sheet))
    assert spans(read) == [[(0, 1010), (1010, 2010), (2010, 3020), (3020, 4020), (4020, 5030)]]


def test_ttml_with_background_voices_and_readings_inside():
    sheet = guess(
        """<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
        xml:lang="kk-Cyrl">
        <head><metadata><iTunesMetadata><transliterations><transliteration xml:lang="kk-Latn">
        <text for="L1"><span begin="1" end="2">Qaityp</span> kel<span ttm:role="x-bg">(kel)</span></text>
        </transliteration></transliterations></iTunesMetadata></metadata></head>
        <body><div><p begin="1" end="5" key="L1"><span begin="1" end="2">Қайтып</span>
        <span begin="2" end="3">кел</span>
        <span ttm:role="x-bg"><span begin="2.5" end="4">(кел)</span></span>
        <span ttm:role="x-translation" xml:lang="en">Come back</span></p></div></body></tt>""".encode()
    )[1]
    latin = LayerText("Qaityp kel", "imported")
    assert sheet.lines == (
        Line("Қайтып кел", "kk", {"kk-Latn": latin, "en": LayerText("Come back", "imported")}),
        Line("(кел)", "kk", {"kk-Latn": LayerText("(kel)", "imported")}),
    )
    assert spans(sheet) == [[(1000, 2000), (2000, 3000)], [(2500, 4000)]]


def test_ends_of_lrc_stand_in_any_order_and_may_repeat_their_time():
    sheet = guess(b"[00:09.00]\n[00:02.00]\n[00:01.00]a\n[00:05.00]<00:05.00>b\n[00:06.00]<00:06.00>")[1]
    assert texts(sheet) == ["a", "b"]
    assert [(cues.start, cues.end) for cues in sheet.cues] == [(1000, 2000), (5000, 6000)]


def test_enhanced_lrc_with_words_that_have_no_time():
    sheet = guess("[00:01.00]Те<00:01.50>рез<00:02.00> <00:03.00>е бар ма<00:06.00>".encode())[1]
    assert sheet.cues[0].words == (
        Cue(1000, 2000, (1000, 1500)),
        Cue(3000, 4000, (3000,)),
        Cue(4000, 5000, (4000,)),
        Cue(5000, 6000, (5000,)),
    )


@pytest.mark.parametrize(
    ("text", "filename", "key"),
    [
        ("сөз", "", "text"),
        ("сөз\n\n[chorus]\nтағы", "song.txt", "text"),
        ("[00:01.00]сөз", "song.txt", "lrc"),
        ("[00:01.00]<00:01.00>сөз", "song.lrc", "enhanced-lrc"),
        ("1\n00:00:01,000 --> 00:00:02,000\nсөз", "song.vtt", "srt"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nсөз", "song.srt", "vtt"),
        ("Dialogue: 0,0:00:01.00,0:00:02.00,,,,,,,сөз", "", "ass"),
        ("<?xml version='1.0'?>\n<tt><body><p>сөз</p></body></tt>", "song.txt", "ttml"),
    ],
)
def test_what_a_file_holds_says_what_it_is(text, filename, key):
    assert guess(text.encode(), filename)[0].key == key
    assert guess(text.encode("utf-16"), filename)[0].key == key


@pytest.mark.parametrize(
    ("data", "filename", "told"),
    [
        (b"", "", "There are no words in the file."),
        (b"", "song.lrc", "No line of the file has a time such as [01:02.34]."),
        (b"\xff\xfbsound", "song.mp3", "This is a recording, not a file of words."),
        (b"OggS", "song.lrc", "This is a recording, not a file of words."),
        (b"ID3\x04\0\0\0\0\0\0", "song.mp3", "The ID3 tag holds no words of this kind."),
        (
            b"ID3\x09\0\0\0\0\0\0",
            "",
            "line 1: this does not begin with an ID3 tag of version 2.2, 2.3 or 2.4.",
        ),
        (
            "тек\n\nбір".encode("cp1251"),
            "song.txt",
            "line 1: this is not UTF-8 text: save it as UTF-8, or copy its words and paste them.",
        ),
        (b"a\n{ru:b", "song.txt", "line 2: A {\u2026} span is not closed."),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n", "", "There are no words with a time in the file."),
        (
            b"WEBVTTT\n\n00:01.000 --> 00:02.000\n",
            "",
            "line 1: this is not a WebVTT file: it does not begin with WEBVTT.",
        ),
        (
            b"WEBVTT\n\n00:01.000 --> 00:02.000\nx\n\n00:01 -> 00:02 --> 3\nb",
            "",
            f"line 6: “00:01 -> 00:02 --> 3” {NO_TIMES}",
        ),
        (b"1\n00:00:02,000 --> 00:00:01,000\nx", "", "line 2: it ends before it begins."),
        (
            b"1\n00:00:02,000 --> 99:00:01,000\nx",
            "a.srt",
            f"line 2: “00:00:02,000 --> 99:00:01,000” {NO_TIMES}",
        ),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\na <00:03.000>b <00:02.000>c", "", f"line 3: {BACKWARDS}"),
        (
            b"[Events]\nFormat: Start, Text\nDialogue: x",
            "",
            "line 2: its format has to name Start, End and, as the last, Text.",
        ),
        (b"[Events]\n\nDialogue: 0,1", "", "line 3: it has fewer fields than its format names."),
        (b"[Events]\nDialogue: 0,1,2,,,,,,,x", "", "line 2: “1” is not a time such as 0:01:02.34."),
        (b"[Events]\nDialogue: 0,0:00:02.00,0:00:01.00,,,,,,,x", "", "line 2: it ends before it begins."),
        (b"[00:01.00]a\n[00:02.00]<00:09.00>a <00:03.00>b", "", f"line 2: {BACKWARDS}"),
        ("а".encode() * 4001, "", "line 1: a line has at most 4000 characters."),
    ],
)
def test_a_fault_is_told_with_its_line(data, filename, told):
    with pytest.raises(FormatError) as refused:
        guess(data, filename)
    assert str(refused.value) == told


@pytest.mark.parametrize(
    ("key", "word", "told"),
    [
        ("srt", "<i>", "line 1: words that look like a mark of the format cannot be written."),
        ("srt", "-->", "line 1: words that look like a mark of the format cannot be written."),
        ("ass", r"a\{b\}", "line 1: words with a brace or a backslash cannot be written."),
    ],
)
def test_words_that_a_format_would_read_otherwise_are_refused(key, word, told):
    sheet = FORMATS["ttml"].read(b"<tt><body><p begin='1' end='2'>x</p></body></tt>")
    [section] = sheet.sections
    sheet = replace(sheet, sections=(replace(section, lines=(Line(word, "kk"),)),))
    with pytest.raises(FormatError) as refused:
        FORMATS[key].write(sheet)
    assert str(refused.value) == told


def test_words_without_a_time_after_the_last_that_has_one_are_sung_at_it():
    """A last line that nobody has ended: its untimed words may not lie before those that are timed."""
    [line] = (
        FORMATS["enhanced-lrc"].read("[00:11.00]<00:11.00>Теңіз <00:11.50>қайтты енді тағы".encode()).cues
    )
    assert [(word.start, word.end) for word in line.words] == [
        (11_000, 11_500),
        (11_500, 11_500),
        (11_500, 11_500),
        (11_500, 11_500),
    ]
