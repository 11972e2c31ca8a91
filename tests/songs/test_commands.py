"""`aqyn import-song` and `aqyn export-song`, beside a house that is open."""

import os
import subprocess
import sys

from tests.conftest import ROOT
from tests.songs.conftest import sound

ARTIST = (
    "from aqyn.people.services import make_artist; make_artist(name={'kk-Cyrl': 'Мадина'}, slug='madina')"
)
TOML = (
    'slug = "tereze"\nstate = "public"\ntitle.kk = "Терезе"\n[[sections]]\nlines = ["Терезеде жанған шам"]\n'
)


def run(house, *arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AQYN_")}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "aqyn.site.settings"}
    command = [sys.executable, "-P", *arguments]
    if arguments[0] == "-m":
        command += ["--data", str(house.data)]
    environment |= {} if arguments[0] == "-m" else {"AQYN_DATA": str(house.data)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)


def test_a_song_comes_into_an_open_house_and_goes_out_again(open_house, tmp_path, request):
    if request.config.getoption("--database") == "postgresql":
        # The house's own database is known to the house alone there.
        return
    house = open_house()
    folder = tmp_path / "song"
    folder.mkdir()
    (folder / "song.toml").write_text(TOML, "utf-8")
    sound(folder / "audio.wav")
    nobody = run(house, "-m", "aqyn", "import-song", str(folder))
    assert (nobody.returncode, nobody.stderr) == (
        2,
        "There is no artist yet: open the house with ./aqyn up first.\n",
    )
    made = run(house, "-c", f"import django; django.setup(); {ARTIST}")
    assert made.returncode == 0, made.stderr
    assert house.get("/kk/songs/tereze/").status == 404

    come = run(house, "-m", "aqyn", "import-song", str(folder))
    assert (come.returncode, come.stdout) == (0, "Imported: tereze\n")
    assert come.stderr.splitlines()[-1] == "Preparing the sound: 100%"
    page = house.get("/kk/songs/tereze/")
    assert page.status == 200
    assert "Терезе" in page.content.decode()

    twice = run(house, "-m", "aqyn", "import-song", str(folder))
    assert (twice.returncode, twice.stdout) == (2, "")
    assert "--replace" in twice.stderr
    (folder / "audio.wav").write_bytes(b"RIFF")
    broken = run(house, "-m", "aqyn", "import-song", str(folder), "--replace")
    assert (broken.returncode, broken.stderr.count("\n")) == (2, 1)
    assert broken.stderr.startswith("audio.wav: ")

    out = run(house, "-m", "aqyn", "export-song", "tereze", str(tmp_path / "out"))
    assert (out.returncode, out.stderr) == (0, "")
    assert (tmp_path / "out" / "song.toml").read_text("utf-8").startswith('slug = "tereze"\n')
    assert run(house, "-m", "aqyn", "import-song", str(tmp_path / "out"), "--replace").returncode == 0
    full = run(house, "-m", "aqyn", "export-song", "tereze", str(tmp_path / "out"))
    assert (full.returncode, full.stdout) == (2, "")
    assert "not an empty folder" in full.stderr
