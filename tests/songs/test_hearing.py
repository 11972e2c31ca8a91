"""The house hears words, proposes their times, and learns from what is approved: real sound, really heard."""

import json
from dataclasses import replace

import pytest
from django.db import transaction
from tests.songs.conftest import NOON, sound

from aqyn.core.lyrics.timing import Cue, LineCues, Origin
from aqyn.songs import selectors, services, tasks
from aqyn.songs.models import Hearing, Line, Preparation, Recording, Song, Timing, Voice
from aqyn.songs.selectors.hearing import is_open, learnable
from aqyn.songs.sentences import BadTimes, NoSuchLine, NotHeardYet, NothingToHear, WordsChanged
from aqyn.songs.services import hearing
from aqyn.songs.services.hearing import among, keep_heard, listen
from aqyn.songs.services.proposing import cues_on_desk
from aqyn.songs.services.timing import Change


def work():
    return tasks.run_next(now=NOON, stop=lambda: False)


def hear(recording, **told):
    services.ask_to_hear(recording=recording.pk, now=NOON, **told)
    assert work()
    job = Preparation.objects.filter(kind="hear").latest("pk")
    assert job.error == ""


def ids():
    lines = Line.objects.order_by("section__position", "position")
    return [str(pk) for pk in lines.values_list("pk", flat=True)]


def change(recording, wanted):
    there = cues_on_desk(recording)
    lines = {line: Change(there.get(line), now) for line, now in wanted.items()}
    return services.set_lines(recording=recording.pk, lines=lines, now=NOON)


def as_approved(times):
    return [[*word[:3], "approved", word[4]] if word[3] == "proposed" else word for word in times]


def approve(recording):
    change(recording, {line: as_approved(times) for line, times in cues_on_desk(recording).items()})


def starts(times):
    return [word[0] for word in times]


def address(recording, part):
    return f"/studio/songs/tereze/recordings/{recording.pk}/sync/{part}"


def post(client, path, told):
    return client.post(path, json.dumps(told), content_type="application/json")


def test_words_are_heard_where_they_are_sung_and_told_to_nobody(recording, sung, visitor, crew, tmp_path):
    hear(recording)
    there = cues_on_desk(recording)
    assert list(there) == ids()
    found = [word for line in ids() for word in there[line]]
    true = [start for line in sung.starts for start in line]
    near = [abs(word[0] - start) <= 300 for word, start in zip(found, true, strict=True)]
    assert sum(near) >= 0.6 * len(near)
    assert {word[3] for word in found} == {"proposed"}
    assert all(1 <= word[4] <= 99 for word in found)

    assert not Timing.objects.exclude(cues={}).exists()
    told = visitor.get("/songs/tereze/lyrics.json").json()
    assert {(line["start"], line["cues"]) for line in told["lines"]} == {(None, None)}
    page = visitor.get("/en/songs/tereze/kk-Cyrl/").content.decode()
    assert "lyrics.lrc" not in page
    for ending in ("lrc", "elrc", "srt", "vtt", "ass"):
        assert visitor.get(f"/songs/tereze/lyrics.{ending}").status_code in (404, 409)
    assert b"begin=" not in visitor.get("/songs/tereze/lyrics.ttml").content
    times = selectors.sung_times(Song.objects.get().pk)
    assert {line[1:] for line in times.lines} == {(None, None)}
    services.export_folder(song="tereze", folder=tmp_path / "out")
    assert not any(path.name.startswith("timing") for path in (tmp_path / "out").iterdir())

    crew_file = crew.get(f"/studio/songs/tereze/recordings/{recording.pk}/sync/cues").json()
    assert crew_file["lines"] == there


def test_the_ear_is_nobodys_to_fetch_and_goes_with_its_recording(recording, visitor, crew, media):
    hear(recording)
    ear = Hearing.objects.get().ear
    assert (media / ear).stat().st_size > 1000
    assert visitor.get(f"/media/{ear}").status_code == crew.get(f"/media/{ear}").status_code == 404
    approve(recording)
    assert work()
    assert Voice.objects.exists()
    services.remove_recording(recording=recording.pk, now=NOON)
    assert not (media / ear).exists()
    assert not Voice.objects.exists() and not Hearing.objects.exists()


def test_a_song_that_is_removed_takes_its_ear_along(recording, media):
    hear(recording)
    ear = Hearing.objects.get().ear
    services.remove_song(song="tereze", now=NOON)
    assert not (media / ear).exists()


def test_what_is_approved_is_told_and_teaches_and_can_be_taken_back(recording, visitor, crew):
    hear(recording)
    proposed = cues_on_desk(recording)
    approve(recording)
    assert Hearing.objects.get().cues == {}
    told = visitor.get("/songs/tereze/lyrics.json").json()["lines"]
    assert [line["start"] for line in told] == [proposed[line][0][0] for line in ids()]
    assert work()
    voice = Voice.objects.get()
    sure = [line for line in ids() if min(word[4] for word in proposed[line]) >= 50]
    assert voice.words == sum(len(proposed[line]) for line in sure)
    assert len(json.dumps(voice.learnt)) < 40_000
    page = crew.get("/studio/voices/").content.decode()
    assert f"Words: {voice.words}" in page and "Forget this" in page

    change(recording, proposed)
    assert cues_on_desk(recording) == proposed
    told = visitor.get("/songs/tereze/lyrics.json").json()["lines"]
    assert {line["start"] for line in told} == {None}
    assert not Voice.objects.exists()


def test_what_was_learnt_helps_the_singers_next_song_alone(recording, write, sung, monkeypatch, tmp_path):
    hear(recording)
    approve(recording)
    assert work()
    asked = []

    def listening(*given, learnt, **told):
        asked.append(list(learnt))
        return truly(*given, learnt=learnt, **told)

    truly = hearing.hear
    monkeypatch.setattr(hearing, "hear", listening)
    write(slug="next", sections=sung.sections)
    other = services.attach_recording(song="next", source=sung.sound, now=NOON)
    assert work()
    services.ask_to_hear(recording=other.pk, now=NOON)
    assert work()
    services.ask_to_hear(recording=recording.pk, everything=True, now=NOON)
    assert work()
    assert asked == [[Voice.objects.get().learnt], []]


def test_what_was_learnt_can_be_forgotten(recording, crew):
    hear(recording)
    approve(recording)
    assert work()
    assert crew.post("/studio/voices/forget/", {"recording": recording.pk}).status_code == 302
    assert not Voice.objects.exists()
    # A word that is moved afterwards teaches nothing: it was to be forgotten.
    first = ids()[0]
    times = cues_on_desk(recording)[first]
    change(recording, {first: [[*times[0][:3], "placed", 98], *times[1:]]})
    assert not work() and not Voice.objects.exists()
    Voice.objects.create(recording=recording, learnt={"frames": [3.0] * 22}, words=3, at=NOON)
    assert crew.post("/studio/voices/forget/", {"artist": "madina"}).status_code == 302
    assert not Voice.objects.exists()


def test_a_corrected_song_teaches_anew_a_minute_later(recording):
    hear(recording)
    approve(recording)
    assert work()
    first = ids()[0]
    times = cues_on_desk(recording)[first]
    change(recording, {first: [[*times[0][:3], "placed", 98], *times[1:]]})
    change(recording, {first: [[*times[0][:3], "placed", 97], *times[1:]]})
    [job] = Preparation.objects.filter(kind="learn", finished_at=None)
    assert job.leased_until == NOON + services.RELEARN_AFTER
    assert not work()


def test_lines_that_a_person_timed_stay_and_help(recording, sung):
    a, b, c, d = ids()
    own = [[start, start + 300, [start], "tapped", 90] for start in sung.starts[0]]
    whole = [sung.starts[2][0], sung.starts[2][-1] + 2000, "tapped", 90]
    change(recording, {a: own, c: whole})
    hear(recording)
    there = cues_on_desk(recording)
    assert there[a] == own
    assert there[c][0][0] == whole[0] and there[c][0][3:] == ["tapped", 90]
    assert {word[3] for word in there[c][1:]} == {"proposed"}
    # What others saw of the line stays until its words are approved.
    assert Timing.objects.get().cues == {a: own, c: whole}
    change(recording, {b: None, d: None, c: as_approved(there[c])})
    assert Timing.objects.get().cues == {a: own, c: as_approved(there[c])}


def test_where_all_is_timed_nothing_is_heard_unless_it_is_wanted(recording, sung):
    own = {
        line: [[start, start + 100, [start], "placed", 98] for start in starts]
        for line, starts in zip(ids(), sung.starts, strict=True)
    }
    change(recording, own)
    with pytest.raises(NothingToHear):
        services.ask_to_hear(recording=recording.pk, now=NOON)
    hear(recording, everything=True)
    assert Timing.objects.get().cues == own
    assert {word[3] for line in cues_on_desk(recording).values() for word in line} == {"proposed"}


def test_what_was_changed_while_the_house_listened_stays(recording, tmp_path):
    told = {"everything": False, "progress": lambda share: None, "cancelled": lambda: False}
    heard = listen(recording, tmp_path, **told)
    a, b, *_ = ids()
    mine = [heard.lines[a][0][0] + 40, heard.lines[a][-1][1], "tapped", 90]
    change(recording, {a: mine})
    with transaction.atomic():
        keep_heard(recording, heard, NOON)
    there = cues_on_desk(recording)
    assert there[a] == mine
    assert there[b] == heard.lines[b]


def test_after_a_tap_what_stands_around_it_is_heard_again_and_nothing_is_kept(recording, sung, crew):
    hear(recording)
    there = cues_on_desk(recording)
    a, b, *_ = ids()
    start = sung.starts[1][0]
    moved = [[start, start + 200, [start], "tapped", 90], *there[b][1:]]
    placed = sung.starts[1][2]
    moved[2] = [placed, placed + 150, [placed], "placed", 98]
    for k in (1, 3):
        low = moved[k - 1][1]
        high = moved[k + 1][0] if k == 1 else max(moved[k][1], low)
        moved[k] = [low, high, [low], "proposed", 30]
    for k in range(4, len(moved)):
        low = moved[k - 1][1]
        moved[k] = [low, low, [low], "proposed", 30]
    cues = {line: there[line] for line in (a, b)} | {b: moved}
    answer = post(crew, address(recording, "hearing/again"), {"cues": cues, "lines": [b, a]})
    assert answer.status_code == 200
    heard = answer.json()["lines"]
    assert heard.keys() == {a, b}
    assert heard[b][0][0] == start and heard[b][0][3] == "tapped"
    assert heard[b][2] == moved[2]
    assert all(x[1] <= y[0] for x, y in zip(heard[b], heard[b][1:], strict=False))
    assert cues_on_desk(recording) == there


def test_what_cannot_be_heard_is_said_and_nothing_is_overwritten(
    write, sung, tmp_path, transactional_db, crew
):
    write(sections=sung.sections)
    services.attach_recording(song="tereze", source=sound(tmp_path / "tone.wav", 1.2), now=NOON)
    assert work()
    recording = Recording.objects.get()
    before = {ids()[0]: [[100 + k, 101 + k, [100 + k], "proposed", 40] for k in range(5)]}
    change(recording, before)
    services.ask_to_hear(recording=recording.pk, now=NOON)
    assert work()
    told = crew.get(address(recording, "hearing")).json()["hearing"]
    assert told["state"] == "failed"
    assert told["sentence"] == "A recording of 1 s is too short for 19 words."
    assert cues_on_desk(recording) == before
    assert Recording.objects.filter(encodings__isnull=False).exists()
    assert told["sentence"] not in crew.get("/studio/songs/tereze/").content.decode()


def test_listening_is_asked_for_once_and_can_be_stopped(recording, crew, visitor):
    assert post(visitor, address(recording, "hearing"), {}).status_code == 302
    first = post(crew, address(recording, "hearing"), {})
    assert first.status_code == 202
    again = post(crew, address(recording, "hearing"), {"all": True})
    assert again.json()["hearing"]["job"] == first.json()["hearing"]["job"]
    assert post(crew, address(recording, "hearing/cancel"), {}).json() == {"hearing": None}
    assert not work()
    assert not Hearing.objects.exists() and Recording.objects.exists()


def test_a_worker_that_was_stopped_leaves_the_hearing_for_the_next(recording):
    services.ask_to_hear(recording=recording.pk, now=NOON)
    assert tasks.run_next(now=NOON, stop=lambda: True)
    job = Preparation.objects.get(kind="hear")
    assert (job.attempts, job.finished_at, job.leased_until) == (0, None, None)
    assert work()
    assert Hearing.objects.get().cues.keys() == set(ids())


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'{"cues": [], "lines": []}', 400),
        (b'{"cues": {"1": [1]}, "lines": []}', 409),
        (b'{"cues": {}, "lines": []}', 409),
    ],
)
def test_what_is_no_question_is_refused(heard, crew, told, status):
    heard("draft")
    recording = Recording.objects.get()
    answer = crew.post(address(recording, "hearing/again"), told, content_type="application/json")
    assert answer.status_code == status
    assert answer.json()["title"]


def test_lines_are_heard_again_only_as_the_song_has_them(recording):
    with pytest.raises(NotHeardYet):
        services.hear_lines(recording=recording.pk, cues={}, lines=ids())
    hear(recording)
    a, b, *_ = ids()
    there = cues_on_desk(recording)
    with pytest.raises(NoSuchLine):
        services.hear_lines(recording=recording.pk, cues={}, lines=["999999"])
    with pytest.raises(WordsChanged):
        services.hear_lines(recording=recording.pk, cues={a: there[a][1:]}, lines=[a])
    with pytest.raises(BadTimes):
        services.hear_lines(recording=recording.pk, cues={a: there[b], b: there[a]}, lines=[a])
    done = {a: as_approved(there[a])}
    assert services.hear_lines(recording=recording.pk, cues=done, lines=[a]) == {}


def test_other_words_take_what_was_proposed_of_them_along(recording, sung):
    hear(recording)
    there = cues_on_desk(recording)
    first, *rest = sung.sections[0].lines
    sections = (replace(sung.sections[0], lines=(replace(first, text="Мүлде басқа сөздер"), *rest)),)
    services.change_words(song="tereze", sections=sections, now=NOON)
    now = cues_on_desk(recording)
    assert {line: now[line] for line in ids()[1:]} == {line: there[line] for line in ids()[1:]}
    assert all("proposed" in str(times) for times in now.values())
    assert not Timing.objects.exclude(cues={}).exists()


def test_times_from_a_file_take_the_place_of_what_was_proposed(heard):
    heard("public")
    recording = Recording.objects.get()
    _, b, _ = ids()
    Hearing.objects.create(recording=recording, cues={b: [[820, 900, [820], "proposed", 40]] * 2})
    services.set_timing(recording=recording.pk, cues=[None, None, None], now=NOON)
    assert cues_on_desk(recording) == {}


def test_a_proposed_time_is_never_told_wherever_it_comes_from(heard):
    heard("public")
    recording = Recording.objects.get()
    words = [Cue(100 * k, 100 * k + 90, (100 * k,), Origin.PROPOSED, 40) for k in (1, 2, 3)]
    services.set_timing(recording=recording.pk, cues=[LineCues.of(words), None, None], now=NOON)
    assert Timing.objects.get().cues == {}
    assert list(Hearing.objects.get().cues) == ids()[:1]


def test_heard_lines_stand_between_those_that_are_known():
    def at(start, origin="proposed"):
        return [[start, start + 10, [start], origin, 50]]

    there = {"b": at(50, "placed"), "c": at(70)}
    new = {"a": at(60), "c": at(40), "d": at(90)}
    assert among(there, new, "abcd") == {"b": at(50, "placed"), "c": at(70), "d": at(90)}


@pytest.mark.parametrize(
    ("times", "open_", "teaches"),
    [
        (None, True, False),
        ([1, 2, "tapped", 90], True, False),
        ([[1, 2, [1], "tapped", 90]], False, True),
        ([[1, 2, [1], "tapped", 90], [2, 3, [2], "spread", 50]], True, False),
        ([[1, 2, [1], "tapped", 90], [2, 3, [2], "proposed", 99]], True, False),
        ([[1, 2, [1], "approved", 99], [2, 3, [2], "placed", 98]], False, True),
        ([[1, 2, [1], "approved", 49]], False, False),
        ([[1, 2]], False, False),
    ],
)
def test_what_is_to_be_heard_and_what_teaches(times, open_, teaches):
    assert is_open(times) is open_
    assert learnable(times) is teaches
