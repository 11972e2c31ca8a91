"""The sync desk's side of the house: what it is given, what it keeps, what it refuses."""

import json
import threading

import pytest
from django.db import connection
from tests.songs.conftest import NOON, sound

from aqyn.songs import services
from aqyn.songs.models import Line, Preparation, Recording, Timing, Waveform
from aqyn.songs.sentences import BadTimes, NoSuchLine, NoSuchRecording, TimedElsewhere, WordsChanged
from aqyn.songs.services.timing import Change
from aqyn.ui.pages import page_generation

TAPPED = [120, 700, "tapped", 90]
WORDS = [
    [100, 400, [100, 200, 300, 350], "placed", 98],
    [400, 500, [400, 450], "spread", 50],
    [600, 700, [600], "tapped", 88],
]


@pytest.fixture
def recording(write, tone):
    """A draft's recording, not timed yet; it lasts 1.2 s."""
    write()
    return services.attach_recording(song="tereze", source=tone, now=NOON)


@pytest.fixture
def ids(recording):
    return [
        str(pk) for pk in Line.objects.order_by("section__position", "position").values_list("pk", flat=True)
    ]


def set_lines(recording, **lines):
    changes = {line: Change(*change) for line, change in lines.items()}
    return services.set_lines(recording=recording.pk, lines=changes, now=NOON)


def cues_of(recording):
    return Timing.objects.get(recording=recording).cues


def address(recording, part=""):
    return f"/studio/songs/tereze/recordings/{recording.pk}/sync/{part}"


def post(client, recording, body):
    body = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post(address(recording, "cues"), body, content_type="application/json")


def test_a_tapped_line_is_kept_as_it_was_tapped(recording, ids):
    assert set_lines(recording, **{ids[0]: (None, TAPPED)}) == {ids[0]: TAPPED}
    assert cues_of(recording) == {ids[0]: TAPPED}


def test_lines_that_were_not_sent_stay(recording, ids):
    set_lines(recording, **{ids[0]: (None, WORDS), ids[1]: (None, [800, 900])})
    set_lines(recording, **{ids[1]: ([800, 900], None), ids[2]: (None, [950, 1000, "tapped", 90])})
    assert cues_of(recording) == {ids[0]: WORDS, ids[2]: [950, 1000, "tapped", 90]}


def test_another_time_than_the_desk_knew_is_told_and_nothing_is_overwritten(recording, ids):
    set_lines(recording, **{ids[0]: (None, TAPPED)})
    with pytest.raises(TimedElsewhere) as refusal:
        set_lines(recording, **{ids[0]: (None, WORDS), ids[1]: (None, [800, 900])})
    assert refusal.value.lines == {ids[0]: TAPPED}
    assert cues_of(recording) == {ids[0]: TAPPED}


def test_sending_the_same_again_is_no_fault(recording, ids):
    set_lines(recording, **{ids[0]: (None, TAPPED)})
    assert set_lines(recording, **{ids[0]: (None, TAPPED)}) == {ids[0]: TAPPED}


def test_a_line_that_is_gone_is_refused(recording, ids):
    with pytest.raises(NoSuchLine):
        set_lines(recording, **{ids[0]: (None, TAPPED), "999999": (None, TAPPED)})
    assert not Timing.objects.exists()


def test_a_line_that_has_another_number_of_words_now_is_refused(recording, ids):
    set_lines(recording, **{ids[0]: (None, TAPPED)})
    for known in (TAPPED, None):
        with pytest.raises(WordsChanged):
            set_lines(recording, **{ids[0]: (known, WORDS[:2]), ids[1]: (None, [800, 900])})
    assert cues_of(recording) == {ids[0]: TAPPED}


@pytest.mark.parametrize(
    "value",
    [
        [1100, 1300],
        [-5, 100],
        [300, 200],
        [[100, 400, [50]], [400, 500, [400]], [600, 700, [600]]],
        [[100, 400, [100]], [300, 500, [300]], [600, 700, [600]]],
        [120, 700, "guessed", 90],
        [120, 700, "tapped", 101],
        "soon",
        {},
        [],
        [[None]],
        [1.5, 2],
    ],
)
def test_what_nobody_could_sing_is_refused_and_nothing_changes(recording, ids, value):
    set_lines(recording, **{ids[0]: (None, TAPPED)})
    with pytest.raises(BadTimes):
        set_lines(recording, **{ids[0]: (TAPPED, value)})
    assert cues_of(recording) == {ids[0]: TAPPED}


def test_lines_are_looked_at_together(recording, ids):
    set_lines(recording, **{ids[1]: (None, [500, 600])})
    with pytest.raises(BadTimes):
        set_lines(recording, **{ids[0]: (None, [550, 590])})
    set_lines(recording, **{ids[0]: (None, [550, 590]), ids[1]: ([500, 600], [560, 600])})
    assert cues_of(recording) == {ids[1]: [560, 600], ids[0]: [550, 590]}


def test_a_recording_that_is_gone_is_refused(recording, ids):
    Recording.objects.all().delete()
    with pytest.raises(NoSuchRecording):
        set_lines(recording, **{ids[0]: (None, TAPPED)})


def test_only_what_is_open_to_all_drops_the_kept_pages(recording, ids):
    before = page_generation()
    set_lines(recording, **{ids[0]: (None, TAPPED)})
    assert page_generation() == before
    services.publish(song="tereze", reach="public", now=NOON)
    before = page_generation()
    set_lines(recording, **{ids[0]: (TAPPED, WORDS)})
    assert page_generation() == before + 1


def test_two_desks_that_change_one_line_at_once_keep_one_of_them(transactional_db, recording, ids):
    told, barrier = [], threading.Barrier(4)

    def work(start):
        barrier.wait()
        try:
            told.append(set_lines(recording, **{ids[0]: (None, [start, 700])}))
        except TimedElsewhere as refusal:
            told.append(refusal.lines)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(start,)) for start in (10, 20, 30, 40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = cues_of(recording)
    assert kept[ids[0]][0] in (10, 20, 30, 40)
    assert told == [kept] * 4


def test_two_desks_that_change_two_lines_at_once_keep_both(transactional_db, recording, ids):
    barrier = threading.Barrier(2)

    def work(line, times):
        barrier.wait()
        set_lines(recording, **{line: (None, times)})
        connection.close()

    threads = [threading.Thread(target=work, args=one) for one in ((ids[0], [10, 20]), (ids[2], [900, 950]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cues_of(recording) == {ids[0]: [10, 20], ids[2]: [900, 950]}


def test_the_desk_sends_what_changed(crew, recording, ids):
    answer = post(crew, recording, {"lines": {ids[0]: {"was": None, "now": TAPPED}}})
    assert (answer.status_code, answer.json()) == (200, {"lines": {ids[0]: TAPPED}})
    assert cues_of(recording) == {ids[0]: TAPPED}


def test_the_desk_hears_what_is_there_now(crew, recording, ids):
    set_lines(recording, **{ids[0]: (None, TAPPED)})
    answer = post(crew, recording, {"lines": {ids[0]: {"was": None, "now": WORDS}}})
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert answer.json() == {
        "title": "These lines were timed elsewhere in the meantime; nothing was changed.",
        "status": 409,
        "lines": {ids[0]: TAPPED},
    }


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "7",
        '{"lines": []}',
        '{"lines": {"1": 2}}',
        '{"lines": {"1": {"was": null}}}',
        b"\xff",
        "[" * 99999,
    ],
)
def test_what_is_no_json_is_told_so(crew, recording, body):
    answer = post(crew, recording, body)
    assert (answer.status_code, answer.json()["status"]) == (400, 400)
    assert not Timing.objects.exists()


def test_more_than_a_song_can_have_is_not_read(crew, recording):
    answer = post(crew, recording, "x" * (1024 * 1024 + 1))
    assert (answer.status_code, answer.json()["title"]) == (
        413,
        "More was sent than the times of a song can be; at most 1024 KiB are taken.",
    )


def test_bad_times_are_told_with_their_line(crew, recording, ids):
    answer = post(crew, recording, {"lines": {ids[1]: {"was": None, "now": [5000, 6000]}}})
    assert answer.status_code == 400
    assert answer.json()["title"].startswith("The times do not fit the song: line 2: it ends at 6000 ms")


def test_the_recording_of_another_song_is_not_found(crew, recording, write):
    write("other")
    assert crew.get(f"/studio/songs/other/recordings/{recording.pk}/sync/").status_code == 404
    answer = crew.post(
        f"/studio/songs/other/recordings/{recording.pk}/sync/cues", "{}", content_type="application/json"
    )
    assert answer.status_code == 404


def test_whoever_is_not_signed_in_changes_nothing(visitor, recording, ids):
    for part in ("", "waveform"):
        assert visitor.get(address(recording, part)).status_code == 302
    assert post(visitor, recording, {"lines": {ids[0]: {"was": None, "now": TAPPED}}}).status_code == 302
    assert not Timing.objects.exists()


def test_the_waveform_comes_as_it_is_kept(crew, recording):
    assert crew.get(address(recording, "waveform")).status_code == 404
    Waveform.objects.create(recording=recording, levels=bytes(range(120)))
    answer = crew.get(address(recording, "waveform"))
    assert (answer["Content-Type"], answer.content) == ("application/octet-stream", bytes(range(120)))


def test_a_recording_without_a_waveform_is_prepared_once_more(crew, recording):
    Preparation.objects.all().delete()
    for _ in range(2):
        assert b"<aqyn-progress" in crew.get(address(recording)).content
    [job] = Preparation.objects.all()
    assert job.recording == recording


def test_a_preparation_that_failed_is_not_begun_again_by_itself(crew, recording):
    Preparation.objects.update(finished_at=NOON, error="damaged")
    page = crew.get(address(recording)).content.decode()
    assert "Prepare it again" in page
    assert Preparation.objects.count() == 1


def data_of(answer):
    return answer.context["desk"].data


def test_the_desk_is_given_words_syllables_and_times(crew, heard):
    heard("draft")
    recording = Recording.objects.get()
    desk = data_of(crew.get(address(recording)))
    lines = Line.objects.order_by("section__position", "position")
    assert [line["id"] for line in desk["lines"]] == [line.pk for line in lines]
    first, second, third = desk["lines"]
    assert (first["lang"], first["dir"], first["count"], first["lasts"]) == ("kk-Cyrl", "ltr", 7, 4200)
    assert first["words"][0] == {
        "text": "Терезеде",
        "lang": "kk-Cyrl",
        "dir": "ltr",
        "pieces": ("Те", "ре", "зе", "де"),
        "weights": [5, 5, 5, 5],
    }
    assert [word["lang"] for word in second["words"]] == ["ru", "kk-Cyrl"]
    assert third["lang"] == "ru"
    assert desk["cues"] == Timing.objects.get().cues
    assert desk["duration"] == recording.duration_ms
    assert [source["type"] for source in desk["sources"]] == ["audio/ogg; codecs=opus", "audio/mp4"]
    assert desk["syllables"][7] == "7 syllables"


def test_the_desk_shows_another_script_and_sings_the_same_syllables(crew, heard):
    heard("draft")
    recording = Recording.objects.get()
    cyrillic = data_of(crew.get(address(recording)))["lines"][0]["words"]
    arabic = data_of(crew.get(address(recording), {"layer": "kk-Arab"}))["lines"][0]["words"]
    assert [(word["lang"], word["dir"]) for word in arabic] == [("kk-Arab", "rtl")] * 3
    assert [word["weights"] for word in arabic] == [word["weights"] for word in cyrillic]
    assert [len(word["pieces"]) for word in arabic] == [len(word["weights"]) for word in arabic]
    strange = data_of(crew.get(address(recording), {"layer": "fr"}))["lines"][0]["words"]
    assert strange == cyrillic


def test_a_second_recording_has_times_of_its_own(crew, heard, tmp_path):
    heard("public")
    first = Recording.objects.get()
    before, [line, *_] = cues_of(first), Line.objects.order_by("section__position", "position")
    other = services.attach_recording(song="tereze", source=sound(tmp_path / "live.wav", 1.0, 330), now=NOON)
    assert data_of(crew.get(address(other)))["cues"] == {}
    set_lines(other, **{str(line.pk): (None, TAPPED)})
    assert (cues_of(other), cues_of(first)) == ({str(line.pk): TAPPED}, before)
