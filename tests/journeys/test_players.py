"""What players ask an open house for: kept, asked about again, and read from another site's page."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

# Its house is filled beside it: what is asked is what the front keeps, whatever the database.
pytestmark = pytest.mark.journey
ASKED = "/rest/search3.view?query=&f=json&songCount=50"


def song_id(house, slug):
    """The id by which a player knows a song: found as it finds it."""
    songs = json.loads(house.get(ASKED).content)["subsonic-response"]["searchResult3"]["song"]
    return [song["id"] for song in songs][["timed", "lines", "untimed", "silent"].index(slug)]


@pytest.mark.parametrize(
    "path", ["/songs/timed/lyrics.lrc", "/songs/timed/lyrics.kk-Arab.ttml", "/rest/getArtists?f=json"]
)
def test_what_players_read_is_kept_and_asked_about_again(singing_house, path):
    first = singing_house.get(path)
    assert (first.status, first.headers["Access-Control-Allow-Origin"]) == (200, "*")
    again = singing_house.get(path, {"If-None-Match": first.headers["ETag"], "Accept-Language": "ru"})
    assert (again.status, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])


def test_names_and_passwords_part_no_answers(singing_house):
    song = song_id(singing_house, "timed")
    path = f"/rest/getLyricsBySongId.view?id={song}&enhanced=true&f=json&v=1.16.1&c=player"
    answers = [singing_house.get(f"{path}&u={u}&t={u * 16}&s={u}{u}") for u in ("ab", "cd")]
    assert answers[0].headers["ETag"] == answers[1].headers["ETag"]
    assert answers[0].content == answers[1].content


@pytest.fixture
def other_site():
    """An empty page of another site, open on a port of its own."""

    class Empty(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()

        def log_message(self, *said):
            """Nothing to say."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Empty) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()


def test_a_player_on_another_site_reads_words_bytes_and_files(page, singing_house, other_site):
    song = song_id(singing_house, "timed")
    page.goto(other_site)
    told = page.evaluate(
        """async ([house, song]) => {
          const asked = await fetch(`${house}/rest/getLyricsBySongId?id=${song}&enhanced=true&f=json`);
          const layers = (await asked.json())['subsonic-response'].lyricsList.structuredLyrics;
          const wrong = [];
          for (const layer of layers) for (const line of layer.cueLine ?? []) {
            const bytes = new TextEncoder().encode(line.value);
            for (const cue of line.cue) {
              const cut = new TextDecoder().decode(bytes.slice(cue.byteStart, cue.byteEnd + 1));
              if (cut !== cue.value) wrong.push([layer.lang, cut, cue.value]);
            }
          }
          const file = await fetch(`${house}/songs/timed/lyrics.lrc`);
          const form = new URLSearchParams({ query: '', f: 'json', u: 'a', p: 'b' });
          const posted = await fetch(`${house}/rest/search3`, { method: 'POST', body: form });
          const found = (await posted.json())['subsonic-response'].searchResult3.song.length;
          const kinds = layers.map(l => [l.kind, l.lang, l.cueLine?.length ?? 0]);
          return { kinds, wrong, found, file: await file.text() };
        }""",
        [singing_house.url, song],
    )
    assert told["wrong"] == []
    assert told["kinds"] == [
        ["main", "kk", 8],
        ["pronunciation", "kk-Latn", 8],
        ["pronunciation", "kk-Arab", 8],
        ["translation", "en", 0],
    ]
    assert "Терезеңде шам сөнбесін." in told["file"]
    assert told["found"] == 4
