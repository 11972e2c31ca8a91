import wave
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from aqyn.core.lyrics.model import Line, Section
from aqyn.people import selectors as people
from aqyn.people import services as people_services
from aqyn.shows import selectors as shows
from aqyn.shows import services as show_services
from aqyn.site import first_run, sample
from aqyn.songs import selectors as songs
from aqyn.songs import services as song_services
from aqyn.songs import tasks

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


def make_mine(name="Әсел"):
    first_run.make_it_mine(name={"kk-Cyrl": name}, languages=["kk-Cyrl", "ru"], hue=120, actor=None, now=NOW)


def test_the_sample_is_an_artist_with_three_public_songs_whose_sound_is_on_its_way():
    first_run.install_sample(now=NOW)
    [artist] = people.artists()
    assert artist.name["kk-Cyrl"] == "Мадина Иманқұлов"
    assert [song.slug for song in songs.public_songs(artist.slug)] == list(sample.SONGS)
    assert [(job["song"], job["state"]) for job in songs.jobs()] == [(s, "waiting") for s in sample.SONGS]


def test_a_second_start_installs_nothing_again():
    first_run.install_sample(now=NOW)
    first_run.install_sample(now=NOW)
    assert len(people.artists()) == 1
    assert len(songs.jobs()) == 3


def test_the_sample_never_comes_into_a_house_where_somebody_lives():
    people_services.make_artist(name={"kk-Cyrl": "Әсел"})
    first_run.install_sample(now=NOW)
    assert [artist.name for artist in people.artists()] == [{"kk-Cyrl": "Әсел"}]
    assert not first_run.sample_is_here()


def test_making_it_mine_leaves_nothing_of_the_sample():
    first_run.install_sample(now=NOW)
    make_mine()
    [artist] = people.artists()
    assert (artist.name, artist.hue, artist.main_language) == ({"kk-Cyrl": "Әсел"}, 120, "kk-Cyrl")
    assert songs.all_songs() == []
    assert songs.jobs() == []
    assert not first_run.sample_is_here()


def test_her_own_songs_stay_when_she_wrote_them_under_the_sample_artist():
    first_run.install_sample(now=NOW)
    [artist] = people.artists()
    words = (Section("verse", (Line("Айта бер", "kk"),)),)
    facts = song_services.SongFacts(slug="oz-anim", title={"kk-Cyrl": "Өз әнім"}, language="kk-Cyrl")
    song_services.write_song(artist=artist.slug, facts=facts, sections=words, now=NOW)
    make_mine()
    assert [song.slug for song in songs.all_songs()] == ["oz-anim"]
    assert [artist.name for artist in people.artists()] == [{"kk-Cyrl": "Әсел"}]


def test_the_first_song_is_sung_prepared_and_timed_by_its_job(client):
    first_run.install_sample(now=NOW)
    # A child may be cut short on a machine that is full; the job is then taken up again, three times at most.
    while "qyzylorda" in [job["song"] for job in songs.jobs()]:
        assert tasks.run_next(now=NOW, stop=lambda: False)
    told = client.get("/songs/qyzylorda/lyrics.json").json()
    assert told["recording"]["duration"] > 60_000
    assert len(told["recording"]["sources"]) == 2
    # Its own files: the media folder of a run may be shared with tests beside this one.
    files = [settings.DATA / source["url"].lstrip("/") for source in told["recording"]["sources"]]
    assert all(file.is_file() for file in files)
    assert all(line["cues"] for line in told["lines"])
    assert [job["song"] for job in songs.jobs()] == ["jabyq-mektep", "teniz-more"]
    make_mine()
    assert [file for file in files if file.exists()] == []


def test_a_job_that_was_killed_after_it_attached_its_sound_is_only_closed(tmp_path):
    first_run.install_sample(now=NOW)
    with wave.open(str(tmp_path / "audio.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes([0, 0, 0, 64] * 8000))
    song_services.attach_recording(song="qyzylorda", source=tmp_path / "audio.wav", now=NOW)
    for other in ("jabyq-mektep", "teniz-more"):
        song_services.remove_song(song=other, now=NOW)
    assert tasks.run_next(now=NOW, stop=lambda: False)
    assert [job["step"] for job in songs.jobs()] == [
        "Waiting its turn"
    ]  # the attached one, made ready as any other
    assert tasks.run_next(now=NOW, stop=lambda: False)
    assert not tasks.run_next(now=NOW, stop=lambda: False)


def test_the_samples_evening_is_a_friday_in_astana_some_weeks_ahead():
    first_run.install_sample(now=NOW)
    [artist] = people.artists()
    [show] = shows.public_shows(artist.slug)
    assert (show.slug, show.city["en"], shows.state_of(show, NOW)) == ("jalgyz-jaryq", "Astana", "announced")
    # Friday, 25 December 2026, 19:00 in Astana.
    assert show.starts_at == datetime(2026, 12, 25, 14, tzinfo=UTC)
    assert show.starts_at - show.doors_at == timedelta(hours=1)
    make_mine()
    assert shows.all_shows() == []


def test_her_own_show_stays_when_she_told_it_under_the_sample_artist():
    first_run.install_sample(now=NOW)
    [artist] = people.artists()
    facts = show_services.ShowFacts(title={"kk": "Өз кешім"}, city={"kk": "Алматы"})
    show_services.make_show(artist=artist.slug, facts=facts, now=NOW)
    make_mine()
    assert [show.slug for show in shows.all_shows()] == ["oz-keshim"]
    assert [artist.name for artist in people.artists()] == [{"kk-Cyrl": "Әсел"}]
