"""Houses for the journeys: with songs to sing, with songs to time, with none."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tests.journeys.console_desk import opened as hall_opened
from tests.journeys.song_page import DESK, opened, owner_of
from tests.media.conftest import write_sound
from tests.media.test_comparing import RATE, song

HERE = Path(__file__).parent


def filled(house, script, *arguments):
    """The house, with what a script beside this file puts into it."""
    environment = dict(os.environ, AQYN_DATA=str(house.data), DJANGO_SETTINGS_MODULE="aqyn.site.settings")
    environment["PYTHONPATH"] = str(HERE.parents[1] / "src")
    subprocess.run([sys.executable, str(HERE / script), *arguments], env=environment, check=True)
    return house


@pytest.fixture(scope="module")
def singing_house(open_house):
    """An open house with the songs of seed_songs.py: "timed", "lines", "untimed", "preparing", "silent"."""
    return filled(open_house(), "seed_songs.py")


@pytest.fixture(scope="module")
def signed_in(browser, singing_house):
    """What the owner's browser keeps once she is signed in to the house of `singing_house`."""
    return owner_of(browser, singing_house)


@pytest.fixture
def desk(browser, singing_house):
    with opened(browser, singing_house) as page:
        yield page


@pytest.fixture(scope="module")
def timing_house(open_house):
    """An open house with the songs of seed_sync.py."""
    return filled(open_house(), "seed_sync.py")


@pytest.fixture(scope="module")
def timing_crew(browser, timing_house):
    """What the owner's browser keeps once she is signed in to the house of `timing_house`."""
    return owner_of(browser, timing_house)


@pytest.fixture(scope="module")
def live_house(open_house):
    """An open house with the evening of seed_live.py; its hall is not open yet."""
    return filled(open_house(), "seed_live.py")


@pytest.fixture(scope="module")
def live_crew(browser, live_house):
    """What the owner's browser keeps once she is signed in to the house of `live_house`."""
    return owner_of(browser, live_house)


@pytest.fixture(scope="module")
def hall(browser, live_house, live_crew):
    """The house of `live_house`, its hall opened from the console."""
    hall_opened(browser, live_house, live_crew)
    return live_house


@pytest.fixture(scope="module")
def house(open_house):
    """An open house without songs."""
    return open_house()


@pytest.fixture(scope="module")
def owner(browser, house):
    """What the owner's browser keeps, once she is signed in and has told who sings."""
    context = browser.new_context(locale="en", storage_state=owner_of(browser, house))
    page = context.new_page()
    page.goto(house.url + "/studio/artists/new/")
    page.fill("[name='name_kk-Cyrl']", "Ару")
    page.click("main form .button:not([type=button])")
    page.wait_for_load_state()
    yield context.storage_state()
    context.close()


@pytest.fixture(scope="module")
def sounds(tmp_path_factory):
    """Files to bring in: "wav" of 5 MB, "flac" of another song, "broken" with its second half missing."""
    folder = tmp_path_factory.mktemp("sounds")
    told = song(1, 60.0)
    write_sound(folder / "Үйде.wav", np.stack([told, told]), rate=RATE, kind="sixteen.wav")
    told = song(2, 20.0)
    write_sound(folder / "master.flac", np.stack([told, told]), rate=RATE, kind="song.flac")
    body = (folder / "master.flac").read_bytes()
    (folder / "broken.flac").write_bytes(body[: len(body) // 2])
    return {"wav": folder / "Үйде.wav", "flac": folder / "master.flac", "broken": folder / "broken.flac"}


@pytest.fixture
def visit(browser, house, owner):
    """`visit(path, **context)`: a page of the owner's; an error in a script of ours fails the test."""
    contexts, errors = [], []

    def one(path, **told):
        context = browser.new_context(**({"locale": "en", "storage_state": owner, "viewport": DESK} | told))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(house.url + path)
        return page

    yield one
    for context in contexts:
        context.close()
    assert errors == []
