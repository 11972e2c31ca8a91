"""Her words stay hers; what the house makes follows them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.songs.conftest import CUES, NOON, WORDS

from aqyn.core.lyrics.model import LayerText, Line, Section
from aqyn.core.lyrics.pasted import read_pasted, write_pasted
from aqyn.core.lyrics.timing import Cue, LineCues, to_json
from aqyn.songs import sentences as refuse
from aqyn.songs import services
from aqyn.songs.models import Line as LineRow
from aqyn.songs.models import LineText, Song, Timing
from aqyn.songs.models import Section as SectionRow


def texts(song, tag):
    found = LineText.objects.filter(line__section__song=song, tag=tag)
    return list(found.order_by("line__section__position", "line__position").values_list("text", "origin"))


def line_ids(song):
    return list(
        LineRow.objects.filter(section__song=song)
        .order_by("section__position", "position")
        .values_list("pk", flat=True)
    )


def test_a_song_is_written_with_its_layers(write):
    song = write()
    assert texts(song, "kk-Cyrl") == [
        ("Терезеде жанған шам", "written"),
        ("{ru:море,} теңіз", "written"),
        ("вернись домой", "written"),
    ]
    assert texts(song, "kk-Latn") == [
        ("Terezede janğan şam", "made"),
        ("{ru:море,} teñız", "made"),
        ("вернись домой", "made"),
    ]
    assert texts(song, "en") == [("sea", "written")]
    schemes = LineText.objects.filter(tag="kk-Latn").order_by("line__section__position", "line__position")
    assert [text.scheme for text in schemes] == ["kk-Latn-2021", "kk-Latn-2021", "as-written"]


def test_a_song_without_a_kazakh_word_has_no_made_layers(write):
    song = write(language="ru", title={"ru": "Море"}, sections=[Section("verse", (Line("море", "ru"),))])
    assert set(LineText.objects.filter(line__section__song=song).values_list("tag", flat=True)) == {"ru"}


def test_her_line_stays_whatever_the_house_makes(write):
    song = write()
    first = line_ids(song)[0]
    services.overrule_line(line=first, tag="kk-latn", text="Terezede  janǵan sham", now=NOON)
    services.make_layers(song="tereze", now=NOON)
    changed = (Section("verse", (Line("Терезеде жанған бір шам", "kk"), *WORDS[0].lines[1:])), WORDS[1])
    services.change_words(song="tereze", sections=changed, now=NOON)
    assert texts(song, "kk-Latn")[0] == ("Terezede janǵan sham", "written")
    assert texts(song, "kk-Arab")[0][1] == "made"
    services.give_back_line(line=first, tag="kk-Latn", now=NOON)
    assert texts(song, "kk-Latn")[0] == ("Terezede janğan bır şam", "made")


def test_only_lines_by_other_rules_are_made_again(write):
    song = write()
    assert services.make_layers(song="tereze", now=NOON) == 0
    LineText.objects.filter(line=line_ids(song)[0], tag="kk-Latn").update(text="old", scheme="kk-Latn-2017")
    assert services.make_layers(song="tereze", now=NOON) == 1
    assert texts(song, "kk-Latn")[0] == ("Terezede janğan şam", "made")


def test_lines_that_stay_keep_their_ids_readings_and_times(write, timed):
    song = timed
    before = line_ids(song)
    first = WORDS[0].lines[0]
    changed = (
        Section("intro", (Line("Жаңа жол", "kk"),)),
        Section("verse", (first, Line("теңіз", "kk"))),
        WORDS[1],
    )
    services.change_words(song="tereze", sections=changed, now=NOON)
    after = line_ids(song)
    assert after[1:] == before
    assert texts(song, "en") == [("sea", "written")]
    assert Timing.objects.get().cues == {str(before[0]): to_json(CUES[0]), str(before[1]): [800, 1000]}
    assert SectionRow.objects.filter(song=song).count() == 3


def test_words_that_stay_in_a_changed_line_keep_their_times(write, timed):
    services.change_words(
        song="tereze",
        sections=(Section("verse", (Line("Терезеде бір шам", "kk"), WORDS[0].lines[1])), WORDS[1]),
        now=NOON,
    )
    assert Timing.objects.get().cues[str(line_ids(timed)[0])] == to_json(CUES[0])
    services.change_words(
        song="tereze",
        sections=(Section("verse", (Line("Терезеде шам үй", "kk"), WORDS[0].lines[1])), WORDS[1]),
        now=NOON,
    )
    assert Timing.objects.get().cues[str(line_ids(timed)[0])] == [
        [100, 400, [100, 200, 300]],
        [400, 563, [400], "spread", 50],
        [563, 700, [563], "spread", 50],
    ]


def test_a_new_line_of_equal_words_reads_as_the_one_that_was_there(write):
    song = write()
    first = line_ids(song)[0]
    services.overrule_line(line=first, tag="kk-Latn", text="Terezede janǵan sham", now=NOON)
    services.change_words(song="tereze", sections=(*WORDS, WORDS[0]), now=NOON)
    assert [text for text, origin in texts(song, "kk-Latn") if origin == "written"] == [
        "Terezede janǵan sham",
        "Terezede janǵan sham",
    ]
    assert texts(song, "en") == [("sea", "written"), ("sea", "written")]


def test_a_line_changed_into_another_ones_words_reads_as_that_one(write):
    song = write()
    changed = (Section("verse", (WORDS[0].lines[1], WORDS[0].lines[1])), WORDS[1])
    services.overrule_line(line=line_ids(song)[0], tag="en", text="The lamp", now=NOON)
    services.change_words(song="tereze", sections=changed, now=NOON)
    assert texts(song, "en") == [("sea", "written"), ("sea", "written")]


def test_a_reading_goes_to_the_repeats_that_read_as_it_did(write):
    song = write(sections=(WORDS[0], WORDS[0], WORDS[0]))
    one, other, third = line_ids(song)[::2]
    services.overrule_line(line=third, tag="kk-Latn", text="Öz oqyluy", now=NOON)
    assert texts(song, "kk-Latn")[::2] == [("Öz oqyluy", "written")] * 3
    LineText.objects.filter(line=third, tag="kk-Latn").update(text="basqa")
    assert services.overrule_line(line=one, tag="kk-Latn", text="jaña", was="Öz oqyluy", now=NOON) == [
        one,
        other,
    ]
    assert [text for text, _origin in texts(song, "kk-Latn")[::2]] == ["jaña", "jaña", "basqa"]
    assert services.give_back_line(line=other, tag="kk-Latn", was="jaña", now=NOON) == [other, one]
    assert [origin for _text, origin in texts(song, "kk-Latn")[::2]] == ["made", "made", "written"]


def test_a_reading_that_somebody_changed_meanwhile_is_not_overwritten(write, snapshot):
    song = write()
    first = line_ids(song)[0]
    services.overrule_line(line=first, tag="en", text="hers", was="", now=NOON)
    before = snapshot()
    with pytest.raises(refuse.ReadingChanged) as refused:
        services.overrule_line(line=first, tag="en", text="mine", was="", now=NOON)
    assert refused.value.there == "hers"
    assert snapshot() == before


@pytest.fixture
def timed(write, db):
    from aqyn.songs.models import Recording

    song = write()
    recording = Recording.objects.create(
        song=song, file="ab/x.wav", filename="x.wav", sha256="x", bytes=1, container="wav", duration_ms=2000,
        created_at=NOON, preferred=True,
    )  # fmt: skip
    services.set_timing(recording=recording.pk, cues=CUES, now=NOON)
    return song


@pytest.mark.parametrize(
    ("deed", "refusal"),
    [
        (
            lambda line: services.overrule_line(line=line, tag="kk-Cyrl", text="а", now=NOON),
            refuse.MainIsNotOverruled,
        ),
        (lambda line: services.overrule_line(line=line, tag="kk-Latn", text=" ", now=NOON), refuse.EmptyLine),
        (
            lambda line: services.overrule_line(line=line, tag="kk-Latn", text="{ru:а", now=NOON),
            refuse.BadMark,
        ),
        (lambda line: services.overrule_line(line=line, tag="<b>", text="а", now=NOON), refuse.BadTag),
        (
            lambda line: services.overrule_line(line=line, tag="en", text="a\x00", now=NOON),
            refuse.BadCharacters,
        ),
        (lambda line: services.overrule_line(line=line, tag="en", text="a" * 1001, now=NOON), refuse.TooMuch),
        (lambda line: services.overrule_line(line=10**9, tag="en", text="a", now=NOON), refuse.NoSuchLine),
        (lambda line: services.give_back_line(line=line, tag="en", now=NOON), refuse.NotMade),
        (lambda line: services.give_back_line(line=line, tag="kk-Latn", now=NOON), refuse.NothingWrittenHere),
        (lambda line: services.change_words(song="tereze", sections=(), now=NOON), refuse.NoWords),
        (lambda line: services.change_words(song="nobody", sections=WORDS, now=NOON), refuse.NoSuchSong),
        (
            lambda line: services.change_words(
                song="tereze", sections=[Section("aria", WORDS[0].lines)], now=NOON
            ),
            refuse.BadSection,
        ),
        (
            lambda line: services.change_words(
                song="tereze", sections=[Section("verse", (Line("а", "kk"),) * 501)], now=NOON
            ),
            refuse.TooManyLines,
        ),
    ],
)
def test_a_refused_deed_changes_nothing(write, snapshot, deed, refusal):
    first = line_ids(write())[0]
    before = snapshot()
    with pytest.raises(refusal):
        deed(first)
    assert snapshot() == before


def test_an_empty_translation_takes_the_line_away(write):
    song = write()
    services.overrule_line(line=line_ids(song)[1], tag="en", text="", now=NOON)
    assert texts(song, "en") == []


@pytest.mark.parametrize(
    ("cues", "fault"),
    [
        ((CUES[0],), "There are times for 1 lines, but the song has 3."),
        ((LineCues.of([Cue(1, 2)]), None, None), "line 1: there are times for 1 words, but it has 3."),
        (
            (None, None, LineCues(0, 3000)),
            "line 3: it ends at 3000 ms, after the end of the recording at 2010 ms.",
        ),
    ],
)
def test_times_that_nobody_could_sing_are_refused(timed, snapshot, cues, fault):
    from aqyn.songs.models import Recording

    before = snapshot()
    with pytest.raises(refuse.BadTimes) as refused:
        services.set_timing(recording=Recording.objects.get().pk, cues=cues, now=NOON)
    assert str(refused.value) == f"The times do not fit the song: {fault}"
    assert snapshot() == before


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"slug": "Tereze"}, refuse.BadSlug),
        ({"slug": "new"}, refuse.BadSlug),
        ({"title": {"en": "Window"}}, refuse.NoTitle),
        ({"hue": 360}, refuse.BadHue),
        ({"hue": True}, refuse.BadHue),
        ({"year": 1066}, refuse.BadYear),
        ({"language": "kazakh language"}, refuse.BadTag),
        ({"story": {"kk": "а\x07"}}, refuse.BadCharacters),
        ({"cause": services.CauseFacts({"kk": "А"}, link="javascript:alert(1)")}, refuse.BadLink),
        ({"slug": "tereze"}, refuse.SlugTaken),
    ],
)
def test_facts_that_cannot_be_are_refused(write, snapshot, facts, refusal):
    write()
    before = snapshot()
    with pytest.raises(refusal):
        write(**({"slug": "another"} | facts))
    assert snapshot() == before


def test_pasted_words_become_sections():
    text = "Жел соқса да, біз бармыз\n\nСу қайтса да\n[Припев 2:]\nтеңіз {ru:море}\n{ru:вернись домой}"
    text += "\n[Соло]\nҺәй"
    assert read_pasted(text, "kk") == (
        Section("verse", (Line("Жел соқса да, біз бармыз", "kk"),)),
        Section("verse", (Line("Су қайтса да", "kk"),)),
        Section("chorus", (Line("теңіз {ru:море}", "kk"), Line("вернись домой", "ru"))),
        Section("verse", (Line("Һәй", "kk"),), "Соло"),
    )


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["verse", "chorus", "bridge"]),
            st.lists(
                st.sampled_from(["теңіз", "{ru:море} бар", "а [б] в", "\\{а\\}"]), min_size=1, max_size=3
            ),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_words_written_as_text_are_read_back(parts):
    sections = tuple(Section(kind, tuple(Line(line, "kk") for line in lines)) for kind, lines in parts)
    assert read_pasted(write_pasted(sections, "kk"), "kk") == sections


def test_a_removed_song_is_gone(write):
    write()
    services.remove_song(song="tereze", now=NOON)
    assert not Song.objects.exists()
    assert not LineText.objects.exists()


def test_every_sentence_of_the_core_can_be_translated():
    import re
    from pathlib import Path

    import aqyn.core.lyrics as core
    from aqyn.songs.sentences import LYRICS

    raised = set()
    for file in Path(core.__file__).parent.rglob("*.py"):
        raised |= set(
            re.findall(r'(?:Mark|Timing|Format|Lyrics)Error\(\s*"([^"]+)"', file.read_text("utf-8"))
        )
    assert raised <= set(LYRICS)
    assert len(raised) > 25


def test_a_reading_given_with_new_words_is_kept(write):
    song = write(sections=[Section("verse", (Line("шам", "kk", {"kk-Latn": LayerText("sham")}),))])
    assert texts(song, "kk-Latn") == [("sham", "written")]
