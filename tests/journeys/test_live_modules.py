"""The modules by which a browser follows the hall: the reckoning, the house's clock, the line, the words."""

import json
import time

import pytest
from tests.core.live.vectors import FILE
from tests.journeys.far_house import CUT, HANG, far_house

MODULES = "/static/stage/live/"


@pytest.fixture
def house():
    with far_house() as house:
        yield house


@pytest.fixture
def far(page, house):
    page.goto(house.url + "/")
    return page


def message(number, **told):
    return "data: " + json.dumps({"n": number, "t": round(time.time() * 1000), "s": "wait"} | told)


# Where the song is


def test_the_browser_reckons_as_the_house_does(far):
    songs = json.loads(FILE.read_text("utf-8"))
    assert all(song["moments"] for song in songs)
    reckoned = far.evaluate(
        """async ([songs, modules]) => {
          const { read, where } = await import(modules + 'position.js');
          const { Song } = await import(modules + 'song.js');
          return songs.map(({ lines: told, spans, moments }) => {
            const lines = told.map(([, start, end], id) => ({ id, start, end }));
            const song = new Song({ lines, layers: [], spans });
            const reckoned = ({ message, now }) => Object.values(where(read(message), song, now));
            return { rises: song.rises, moments: moments.map(reckoned) };
          });
        }""",
        [songs, MODULES],
    )
    assert reckoned == [
        {"rises": song["rises"], "moments": [moment["where"] for moment in song["moments"]]} for song in songs
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "1",
        "null",
        "{}",
        '{"n":1,"t":2}',
        '{"n":1,"t":2,"s":"sung"}',
        '{"n":"1","t":2,"s":"run"}',
        '{"n":1,"t":2,"s":"run","at":"x"}',
        '{"n":1,"t":2,"s":"run","o":"0?"}',
        '{"n":1,"t":2,"s":"run","o":[0]}',
    ],
)
def test_what_is_no_position_is_not_read(far, wrong):
    told = far.evaluate(
        "async ([told, modules]) => (await import(modules + 'position.js')).read(told)", [wrong, MODULES]
    )
    assert told is None


# The house's clock

CLOCK = """async modules => {
  const { HouseClock } = await import(modules + 'clock.js');
  const clock = window.clock = new HouseClock();
  await clock.check();
}"""
# How far the browser is from the house's time, beyond what it says of itself: none.
OFF = "ahead => Math.abs(clock.now() - Date.now() - ahead) - clock.sure"


def test_the_clock_is_the_houses_and_not_the_devices(far, house):
    house.ahead_ms = 3_600_000
    far.evaluate(CLOCK, MODULES)
    assert far.evaluate("clock.settled")
    assert far.evaluate(OFF, house.ahead_ms) < 2
    assert house.asked["/events/clock"] == 5


@pytest.mark.parametrize(
    "slow",
    [
        [(0, 0.4), (0.3, 0), (0, 0.3), (0, 0), (0, 0.2)],
        [(0, 0.3), (0.3, 0), (0, 0.2), (0.4, 0), (0, 0.3)],
    ],
    ids=["one", "never both ways at once"],
)
def test_the_quickest_way_there_and_back_counts(far, house, slow):
    house.slow = slow
    far.evaluate(CLOCK, MODULES)
    assert far.evaluate("clock.sure") < 100
    assert far.evaluate(OFF, 0) < 2


def test_without_an_answer_the_clock_is_not_known(far, house):
    far.context.set_offline(True)
    far.context.set_offline(False)
    far.route("**/events/clock", lambda route: route.fulfill(status=503, body="{}"))
    far.evaluate(CLOCK, MODULES)
    assert far.evaluate("clock.settled") is False
    far.unroute("**/events/clock")
    far.wait_for_function("() => clock.settled")


def test_a_small_correction_never_turns_the_clock_back(far, house):
    far.evaluate(CLOCK, MODULES)
    house.ahead_ms = -120
    read = far.evaluate(
        """async () => {
          const read = [], begun = performance.now();
          clock.check();
          while (performance.now() - begun < 2000) {
            read.push(clock.now());
            await new Promise(requestAnimationFrame);
          }
          return read;
        }"""
    )
    assert read == sorted(read)
    assert far.evaluate(OFF, house.ahead_ms) < 2


def test_a_large_correction_is_made_at_once(far, house):
    far.evaluate(CLOCK, MODULES)
    house.ahead_ms = 10_000
    far.evaluate("clock.check()")
    # What a second answer corrects after the jump is slewed, and never as much as a jump.
    assert far.evaluate(OFF, house.ahead_ms) < 250


def test_a_device_that_slept_asks_again_before_it_says_anything(far, house):
    far.evaluate(CLOCK, MODULES)
    house.slow = [(0.2, 0)]
    # As after a sleep of a minute, in which the clock that nobody sets stood still.
    far.evaluate(
        """() => {
          window.seen = [];
          clock.addEventListener('settled', () => seen.push(clock.settled));
          const real = Date.now.bind(Date);
          Date.now = () => real() + 60_000;
        }"""
    )
    far.wait_for_function("() => seen.length === 2")
    assert far.evaluate("seen") == [False, True]
    assert far.evaluate("Math.abs(clock.now() + 60_000 - Date.now()) - clock.sure") < 2


# The line

LINK = """async modules => {
  const { Link } = await import(modules + 'link.js');
  Object.assign(window, { numbers: [], states: [], desks: [] });
  const link = window.link = new Link('/events/live/far');
  link.addEventListener('position', ({ detail }) => numbers.push(detail.number));
  link.addEventListener('state', ({ detail }) => states.push(detail));
  link.addEventListener('desk', ({ detail }) => desks.push(detail));
}"""


def test_only_newer_positions_pass(far, house):
    house.lines = [["retry: 2000", message(4), message(4), message(3), "data: {}", message(6), message(5)]]
    far.evaluate(LINK, MODULES)
    far.wait_for_function("() => numbers.length === 2")
    house.say('event: desk\ndata: {"phones": 3}', "event: desk\ndata: {", ": still here", message(7))
    far.wait_for_function("() => numbers.length === 3")
    assert far.evaluate("[numbers, states, desks]") == [[4, 6, 7], ["live"], [{"phones": 3}]]


def test_a_line_that_is_cut_comes_back_and_nothing_old_is_told(far, house):
    house.lines = [[message(4)], [message(4)]]
    far.evaluate(LINK, MODULES)
    far.wait_for_function("() => numbers.length === 1")
    house.say(CUT)
    far.wait_for_function("() => states.length === 3")
    house.say(message(5))
    far.wait_for_function("() => numbers.length === 2")
    assert far.evaluate("[numbers, states]") == [[4, 5], ["live", "lost", "live"]]


def test_a_line_that_falls_silent_is_left(far, house):
    house.lines = [[message(4)], [message(9)]]
    far.evaluate(LINK, MODULES)
    far.wait_for_function("() => numbers.length === 2")
    assert far.evaluate("[numbers, states]") == [[4, 9], ["live", "lost", "live"]]
    assert house.attempts == 2


def test_an_attempt_that_hangs_is_given_up(far, house):
    house.lines = [HANG, [message(4)]]
    far.evaluate(LINK, MODULES)
    far.wait_for_function("() => numbers.length === 1")
    assert house.attempts == 2


@pytest.mark.parametrize(
    ("status", "state"), [(204, "end"), (404, "unknown"), (403, "unknown"), (503, "full"), (500, "lost")]
)
def test_each_refusal_is_told_apart(far, house, status, state):
    house.lines = [status, [message(4)]]
    far.evaluate(LINK, MODULES)
    far.wait_for_function("() => states.length === 1")
    assert far.evaluate("[states, link.status]") == [[state], status]
    far.evaluate("link.connect()")
    far.wait_for_function("() => states.length === 2")
    assert far.evaluate("states") == [state, "live"]


def test_the_end_of_the_evening_is_the_end(far, house):
    house.lines = [[message(4)], 204]
    far.evaluate(LINK, MODULES)
    far.wait_for_function("() => numbers.length === 1")
    house.say(message(5, s="end"), CUT)
    far.wait_for_function("() => states.length === 2")
    assert far.evaluate("[numbers, states]") == [[4, 5], ["live", "end"]]


def test_a_network_that_comes_back_is_used_at_once(far, house):
    house.lines = [[message(4)], [message(5)]]
    far.evaluate(LINK, MODULES)
    far.wait_for_function("() => numbers.length === 1")
    far.context.set_offline(True)
    far.context.set_offline(False)
    far.wait_for_function("() => numbers.length === 2")
    assert house.attempts == 2


# Following

WORDS = {"lines": [{"id": 7, "start": 1000, "end": 3000}], "layers": [], "sections": [{"lines": [7]}]}
WORDS |= {"spans": [[0, 9000]], "planned": [], "entry": 1, "title": {"kk-Cyrl": "Таң"}}
ENTRY = {"id": 1, "kind": "song", "title": {"kk-Cyrl": "Таң"}, "words": "/live/far/songs/1.json"}
FOLLOW = """async modules => {
  const { Follower } = await import(modules + 'follower.js');
  const follower = window.follower = new Follower({ show: 'far' });
  window.seen = [];
  for (const name of ['position', 'song', 'settled']) follower.addEventListener(name, () => {
    seen.push(name === 'song' ? name : `${name} ${follower.position?.number}`);
  });
}"""


@pytest.fixture
def evening(house):
    """A setlist of one song, which may be read."""
    house.files["/live/far/setlist.json"] = {"entries": [ENTRY], "layers": []}
    house.files["/live/far/songs/1.json"] = WORDS
    return house


def test_the_hall_is_followed_word_and_all(far, evening):
    evening.lines = [[message(4, s="run", e=1, at=1500, t=round(time.time() * 1000) - 500)]]
    far.evaluate(FOLLOW, MODULES)
    far.wait_for_function("() => follower.where()")
    there = far.evaluate("follower.where()")
    assert (there["step"], there["line"], there["over"]) == (0, 0, False)
    assert 2000 <= there["at"] < 9000
    assert far.evaluate("follower.entry.title") == {"kk-Cyrl": "Таң"}
    assert evening.asked["/live/far/songs/1.json"] == 1


def test_a_line_that_was_written_after_the_words_were_loaded_is_nowhere(far, evening):
    evening.lines = [[message(4, s="hand", e=1, l=1)]]
    far.evaluate(FOLLOW, MODULES)
    far.wait_for_function("() => follower.song && follower.position")
    assert far.evaluate("follower.where()") is None
    evening.say(message(5, s="hand", e=1))
    far.wait_for_function("() => follower.where()?.line === 0")


def test_a_start_that_lies_ahead_is_shown_when_it_is_due(far, evening):
    evening.lines = [[message(4, e=1)]]
    far.evaluate(FOLLOW, MODULES)
    far.wait_for_function("() => follower.song && follower.clock.settled")
    far.evaluate(
        """() => {
          window.due = [];
          const late = () => due.push(follower.clock.now() - follower.position.time);
          follower.addEventListener('position', late);
        }"""
    )
    evening.say(message(5, s="run", e=1, t=round(time.time() * 1000) + 290))
    far.wait_for_function("() => follower.link.newest.number === 5")
    far.wait_for_function("() => follower.position.number === 5")
    [late] = far.evaluate("due")
    assert late >= -1


def test_what_waits_is_replaced_by_what_comes_later(far, evening):
    evening.lines = [[message(4, e=1)]]
    far.evaluate(FOLLOW, MODULES)
    far.wait_for_function("() => follower.song && follower.clock.settled")
    now = round(time.time() * 1000)
    evening.say(message(5, s="run", e=1, t=now + 290), message(6, s="hold", e=1, t=now - 10))
    far.wait_for_function("() => follower.position.number === 6")
    far.wait_for_timeout(400)
    assert "position 5" not in far.evaluate("seen")


def test_a_clock_that_is_far_wrong_keeps_nobody_waiting(far, evening):
    evening.lines = [[message(4, e=1)]]
    far.evaluate(FOLLOW, MODULES)
    far.wait_for_function("() => follower.song && follower.clock.settled")
    evening.say(message(5, s="run", e=1, t=round(time.time() * 1000) + 60_000))
    far.wait_for_function("() => follower.position.number === 5")
    assert far.evaluate("follower.where()") == {"step": 0, "at": 0, "line": -1, "over": False}


def test_words_that_are_told_only_tonight_are_looked_for_again(far, evening):
    evening.files["/live/far/setlist.json"] = {"entries": [ENTRY | {"words": None}], "layers": []}
    evening.lines = [[message(4)]]
    far.evaluate(FOLLOW, MODULES)
    far.wait_for_function("() => follower.setlist.data && follower.position")
    evening.files["/live/far/setlist.json"] = {"entries": [ENTRY], "layers": []}
    evening.say(message(5, e=1))
    far.wait_for_function("() => follower.song")
    assert evening.asked["/live/far/setlist.json"] == 2


@pytest.mark.parametrize("before", ["shut", "end"])
def test_who_waits_at_the_door_is_told_the_songs_when_it_opens_and_fetches_the_first(far, evening, before):
    evening.files["/live/far/setlist.json"] = {"entries": [], "layers": []}
    evening.lines = [[message(4, s=before)]]
    far.evaluate("() => { Math.random = () => 0; }")
    far.evaluate(FOLLOW, MODULES)
    far.wait_for_function("() => follower.setlist.data && follower.position")
    # The house itself has not taken it in when the phone asks first.
    evening.say(message(5))
    far.wait_for_function("() => follower.position.number === 5")
    far.wait_for_timeout(300)
    assert evening.asked["/live/far/setlist.json"] == 2
    evening.files["/live/far/setlist.json"] = {"entries": [ENTRY], "layers": []}
    far.wait_for_function("() => follower.setlist.entry(1)")
    far.wait_for_timeout(2500)
    assert (evening.asked["/live/far/setlist.json"], evening.asked["/live/far/songs/1.json"]) == (3, 1)


def test_who_comes_while_it_is_open_asks_for_the_songs_once(far, evening):
    evening.lines = [[message(4)]]
    far.evaluate("() => { Math.random = () => 0; }")
    far.evaluate(FOLLOW, MODULES)
    far.wait_for_function("() => follower.setlist.data && follower.position")
    far.wait_for_timeout(2500)
    assert (evening.asked["/live/far/setlist.json"], evening.asked["/live/far/songs/1.json"]) == (1, 1)


def test_an_entry_that_was_put_in_tonight_is_found(far, evening):
    evening.lines = [[message(4, e=1)]]
    far.evaluate(FOLLOW, MODULES)
    far.wait_for_function("() => follower.song")
    added = {"id": 2, "kind": "talk", "title": {"kk-Cyrl": "Сөз"}, "words": None}
    evening.files["/live/far/setlist.json"] = {"entries": [ENTRY, added], "layers": []}
    evening.say(message(5, e=2))
    far.wait_for_function("() => follower.entry?.id === 2")
    assert far.evaluate("[follower.song, follower.where()]") == [None, None]


def test_the_next_songs_are_fetched_ahead_and_each_once(far, evening):
    entries = [ENTRY | {"id": i, "words": f"/live/far/songs/{i}.json"} for i in range(1, 6)]
    evening.files["/live/far/setlist.json"] = {"entries": entries, "layers": []}
    evening.files |= {entry["words"]: WORDS for entry in entries}
    evening.lines = [[message(4, e=1)]]
    far.evaluate("() => { Math.random = () => 0; }")
    far.evaluate(FOLLOW, MODULES)
    far.wait_for_function("() => follower.song")
    far.wait_for_timeout(8500)
    evening.say(message(5, e=2))
    far.wait_for_function("() => follower.entry.id === 2 && follower.song")
    asked = [evening.asked[entry["words"]] for entry in entries]
    assert asked == [1, 1, 1, 1, 0]
    assert evening.asked["/live/far/setlist.json"] == 1


def test_a_text_of_the_crews_is_fetched_once(far, evening):
    evening.files["/live/far/notices/3.json"] = {"number": 3, "text": "Шам!", "lang": "kk", "dir": "ltr"}
    far.evaluate(FOLLOW, MODULES)
    told = "() => Promise.all([3, 3, 4].map(n => follower.setlist.notice(n)))"
    assert [one and one["text"] for one in far.evaluate(told)] == ["Шам!", "Шам!", None]
    assert evening.asked["/live/far/notices/3.json"] == 1
