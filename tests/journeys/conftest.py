"""A house with songs to sing, for the journeys."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.journeys.song_page import opened

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def singing_house(open_house):
    """An open house with the songs of seed_songs.py: "timed", "lines", "untimed", "preparing", "silent"."""
    house = open_house()
    environment = dict(os.environ, AQYN_DATA=str(house.data), DJANGO_SETTINGS_MODULE="aqyn.site.settings")
    environment["PYTHONPATH"] = str(HERE.parents[1] / "src")
    subprocess.run([sys.executable, str(HERE / "seed_songs.py")], env=environment, check=True)
    return house


@pytest.fixture
def desk(browser, singing_house):
    with opened(browser, singing_house) as page:
        yield page


@pytest.fixture(scope="module")
def timing_house(open_house):
    """An open house with the songs of seed_sync.py."""
    house = open_house()
    environment = dict(os.environ, AQYN_DATA=str(house.data), DJANGO_SETTINGS_MODULE="aqyn.site.settings")
    environment["PYTHONPATH"] = str(HERE.parents[1] / "src")
    subprocess.run([sys.executable, str(HERE / "seed_sync.py")], env=environment, check=True)
    return house


@pytest.fixture(scope="module")
def timing_crew(browser, timing_house):
    """What the owner's browser keeps once she is signed in to the house of `timing_house`."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(timing_house.url + timing_house.key_path)
    page.fill("[name=name]", "Айгүл")
    page.fill("[name=email]", "aigul@example.org")
    page.click("main form button")
    page.wait_for_url("**/studio/")
    yield context.storage_state()
    context.close()
