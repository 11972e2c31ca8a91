"""A text as it is typed or pasted, and the song that it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.lyrics.test_chords import played

from aqyn.core.lyrics.model import SECTION_KINDS, Chord, Line, LyricsError, MarkError, Section
from aqyn.core.lyrics.pasted import MOST_LINES, lines_of, read_pasted, write_pasted


def sung(text: str) -> list[tuple[str, str, list[str]]]:
    return [(s.kind, s.name, [line.text for line in s.lines]) for s in read_pasted(text, "kk")]


def told(section: Section) -> tuple:
    return section.kind, [(line.words, line.chords) for line in section.lines]


def test_chords_of_a_line_become_its_chords():
    [section] = read_pasted("[Am]Қызыл[G]орда {ru:[C]море}", "kk")
    assert section.lines == (
        Line("Қызылорда {ru:море}", "kk", chords=(Chord(0, 0, "Am"), Chord(0, 5, "G"), Chord(1, 0, "C"))),
    )


def test_a_row_of_chords_over_a_line_is_laid_over_it():
    text = "[verse]\n   Am        G\nТерезеңде шам сөнбесін\nG\nЖел соқса да"
    assert write_pasted(read_pasted(text, "kk"), "kk") == (
        "[verse]\nТер[Am]езеңде шам [G]сөнбесін\n[G]Жел соқса да\n"
    )


def test_chords_played_without_words_go_before_the_next_or_after_the_last_word():
    assert write_pasted(read_pasted("[intro]\n[Am] [G]\n\nбір\n[C]\n\nекі\n[D]", "kk"), "kk") == (
        "[verse]\n[Am][G]бір [C]\n\n[verse]\nекі [D]\n"
    )
    assert write_pasted(read_pasted("бір\n[outro]\nAm G", "kk"), "kk") == "[verse]\nбір [Am] [G]\n"


def test_a_bracket_alone_is_a_heading_unless_it_is_a_chord():
    assert sung("[Аққу]\nбір") == [("verse", "Аққу", ["бір"])]
    assert read_pasted("[Am]\nбір", "kk")[0].lines[0].chords == (Chord(0, 0, "Am"),)


@pytest.mark.parametrize(
    "again", ["[chorus]", "[Қайырма]", "[припев:]", "[Chorus 1]", "{chorus}", "{chorus: Final}"]
)
def test_a_heading_alone_sings_its_part_again(again):
    text = f"бір\n\n[chorus]\nекі\n\nүш\n\n{again}\n\nтөрт"
    assert sung(text) == [
        ("verse", "", ["бір"]),
        ("chorus", "", ["екі"]),
        ("verse", "", ["үш"]),
        ("chorus", "", ["екі"]),
        ("verse", "", ["төрт"]),
    ]


def test_of_two_choruses_a_number_says_which_and_none_means_the_last():
    text = "[Chorus 1]\nбір\n[Chorus 2]\nекі\n[chorus 1]\n[chorus]\n[Chorus 2]"
    assert [lines for _, _, lines in sung(text)] == [["бір"], ["екі"], ["бір"], ["екі"], ["екі"]]


def test_a_part_of_her_own_name_is_sung_again_by_it():
    assert sung("[Құлақкүй]\nбір\n\nекі\n\n[құлақкүй]")[2] == ("verse", "Құлақкүй", ["бір"])


@pytest.mark.parametrize("times", ["×2", "x2", "х 2", "(X2)"])
def test_a_part_is_sung_as_often_as_its_heading_says(times):
    assert [lines for _, _, lines in sung(f"[chorus] {times}\nбір\n\n[verse]\nекі\n\n[chorus] {times}")] == [
        *([["бір"]] * 2),
        ["екі"],
        *([["бір"]] * 2),
    ]
    assert len(sung("[chorus x3]\nбір")) == 3


def test_an_empty_line_under_a_heading_that_repeats_nothing_is_only_space():
    assert sung("[chorus]\n\nбір\n\n[chorus]\n\nекі") == [
        ("chorus", "", ["бір"]),
        ("chorus", "", ["бір"]),
        ("verse", "", ["екі"]),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("бір\n\n[chorus]\n\n[verse]\nекі", "line 3: there is no part “chorus” above to sing again."),
        ("[Шақыру]", "line 1: there is no part “шақыру” above to sing again."),
        ("бір\n[verse 2]", "line 2: there is no part “verse 2” above to sing again."),
        ("бір\n[verse] x17", "line 2: a part is sung 1 to 16 times in a row."),
        ("бір\n[verse] x0", "line 2: a part is sung 1 to 16 times in a row."),
        ("бір\n{sot}\nE|--3--|", "line 2: the part that begins here has no end."),
        ("[chorus]\n{ru:бір", "line 2: A {…} span is not closed."),
        ("бір\n" * 200 + "[verse] x16", f"line 201: a song has at most {MOST_LINES} lines."),
    ],
)
def test_what_cannot_be_sung_is_told_with_its_line(text, fault):
    with pytest.raises(LyricsError) as refused:
        read_pasted(text, "kk")
    assert str(refused.value) == fault
    assert [str(line.fault) for line in lines_of(text, "kk") if line.fault] == [fault]


def test_a_part_that_is_only_played_needs_no_words():
    assert sung("[Intro]\n\n[verse]\nбір\n\n[соло]\n\n[Outro]") == [("verse", "", ["бір"])]


def test_chordpro_is_understood():
    text = """{title: Желкен}
{subtitle: көл жыры}
{key: Am}
{comment: баяу}
{start_of_verse: label="Шумақ 1"}
[Am]Жел тұрды
{ru:ветер}
{end_of_verse}
{soc}
Бір

Екі
{eoc}
{sot}
E|--3--|
{eot}
{c: тағы}
{chorus}
{sob}
Үш
{eob}
{x_house: a}
"""
    assert sung(text) == [
        ("verse", "", ["Жел тұрды", "ветер"]),
        ("chorus", "", ["Бір", "Екі"]),
        ("chorus", "", ["Бір", "Екі"]),
        ("bridge", "", ["Үш"]),
    ]


def test_a_span_is_no_directive_and_braces_of_no_known_name_are_words():
    assert sung("{ru:соңғы сөз}\n{st:lewatle le leholo}\nал {title: ән}\n{жел}\n{foobar: x}") == [
        ("verse", "", ["соңғы сөз", "lewatle le leholo", "ал {title: ән}", "{жел}", "{foobar: x}"])
    ]


def test_each_line_of_the_text_knows_what_it_makes():
    text = "[chorus] ×2\n  Am\nбір\nекі\n\n{c: жай}\n[chorus]\n{ru:ой"
    found = lines_of(text, "kk")
    assert [(one.number, one.kind, one.section, one.sung) for one in found] == [
        (1, "heading", 0, ()),
        (2, "chords", None, ()),
        (3, "line", 0, (0, 2)),
        (4, "line", 0, (1, 3)),
        (5, "blank", None, ()),
        (6, "directive", None, ()),
        (7, "heading", None, ()),
        (8, "fault", None, ()),
    ]
    assert found[2].line == Line("бір", "kk", chords=(Chord(0, 2, "Am"),))
    assert isinstance(found[7].fault, MarkError)
    assert lines_of("[chorus]\nбір\n\n[chorus] x2", "kk")[3].sung == (1, 2)


def test_a_part_written_out_before_is_a_heading_alone():
    first, second = (Section("chorus", (Line(text, "kk"),)) for text in ("бір", "екі"))
    assert write_pasted([first, second, first, second, first], "kk") == (
        "[chorus]\nбір\n\n[chorus]\nекі\n\n[chorus 1]\n\n[chorus]\n\n[chorus 1]\n"
    )


@pytest.mark.parametrize(
    "text", ["[chorus]", "[Am]", "Am G", "A", "{title: x}", "[Am]бір", "{soc}", "|", "[a] x2"]
)
def test_words_that_look_like_marks_stay_words(text):
    sections = (Section("verse", (Line(text, "kk"), Line("соңы", "kk"))),)
    assert [told(one) for one in read_pasted(write_pasted(sections, "kk"), "kk")] == [told(sections[0])]


@given(
    st.lists(
        st.tuples(st.sampled_from(SECTION_KINDS), st.lists(played(), min_size=1, max_size=3)),
        min_size=1,
        max_size=5,
    ).flatmap(lambda parts: st.lists(st.sampled_from(parts), min_size=1, max_size=7))
)
def test_a_song_written_as_text_comes_back(parts):
    sections = [
        Section(kind, tuple(Line(text, "kk", chords=chords) for text, chords in lines))
        for kind, lines in parts
    ]
    text = write_pasted(sections, "kk")
    found = read_pasted(text, "kk")
    assert [told(one) for one in found] == [told(one) for one in sections]
    assert write_pasted(found, "kk") == text


ROWS = [
    "",
    "бір",
    "екі [Am]үш",
    "  Am   G",
    "[Am] [G]",
    "[chorus]",
    "[verse]",
    "[Chorus 2]",
    "[Аққу]",
    "[chorus] x2",
]
ROWS += [
    "{soc}",
    "{eoc}",
    "{chorus}",
    "{c: жай}",
    "{ru:да}",
    "{ru:",
    "{sot}",
    "{eot}",
    "A",
    r"\[Am]",
    "[intro]",
]


@given(st.lists(st.sampled_from(ROWS), max_size=12))
def test_any_text_is_a_song_or_faults_with_their_lines(rows):
    text = "\n".join(rows)
    found = lines_of(text, "kk")
    assert [line.number for line in found] == list(range(1, len(text.splitlines()) + 1))
    try:
        sections = read_pasted(text, "kk")
    except LyricsError as error:
        assert error.line in [line.number for line in found if line.fault]
        return
    assert not any(line.fault for line in found)
    places = sorted(place for line in found for place in line.sung)
    lines = [line for section in sections for line in section.lines]
    assert places == list(range(len(lines)))
    for line in found:
        assert all(lines[place].text == line.line.text for place in line.sung if line.line)
        assert not line.sung or lines[line.sung[0]] in sections[line.section].lines
    again = write_pasted(sections, "kk")
    assert [told(one) for one in read_pasted(again, "kk")] == [told(one) for one in sections]


@given(st.text("[]{}:xsoc×2 AmG\\\n\tбір|", max_size=60))
def test_no_text_breaks_the_reader(text):
    lines_of(text, "kk")


@pytest.mark.parametrize("heading", ["[Guitar solo]", "[Instrumental break]", "[Соло домбры]", "[intro 2]"])
def test_a_part_that_is_only_played_is_left_out(heading):
    assert read_pasted(f"бір\n\n{heading}\n\n[verse]\nекі", "kk") == read_pasted("бір\n\nекі", "kk")
    assert read_pasted(f"бір\n\n{heading}", "kk") == read_pasted("бір", "kk")


@pytest.mark.parametrize("heading", ["[Қайырма]", "[qaiyrma]", "[قايىرما]", "[Chorus]", "[припев]"])
def test_a_heading_is_understood_in_the_script_of_its_song(heading):
    assert [section.kind for section in read_pasted(f"{heading}\nбір", "kk")] == ["chorus"]


@pytest.mark.parametrize(
    ("tag", "verse", "chorus"),
    [
        ("kk-Cyrl", "шумақ", "қайырма"),
        ("kk-Latn", "şumaq", "qaiyrma"),
        ("kk-Arab", "شۋماق", "قايىرما"),
        ("ru", "куплет", "припев"),
        ("en", "verse", "chorus"),
        ("de", "verse", "chorus"),
    ],
)
def test_headings_are_written_in_the_songs_own_language_and_read_back(tag, verse, chorus):
    sections = read_pasted("бір\n\n[chorus]\nекі\n\n[verse]\nүш\n\n[chorus]\n\n[prechorus]\nтөрт", "kk")
    text = write_pasted(sections, "kk", tag)
    assert text == (
        f"[{verse}]\nбір\n\n[{chorus}]\nекі\n\n[{verse}]\nүш\n\n[{chorus}]\n\n[prechorus]\nтөрт\n"
    )
    assert read_pasted(text, "kk") == sections
