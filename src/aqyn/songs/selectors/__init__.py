"""What may be read of the songs: by the house's own views and by the apps above."""

from aqyn.songs.selectors.jobs import Job, jobs, song_jobs
from aqyn.songs.selectors.known import public_rows
from aqyn.songs.selectors.lists import SongCard, all_songs, public_songs, songs_of
from aqyn.songs.selectors.lyrics import lyrics_json
from aqyn.songs.selectors.media import key_opens, media_reach
from aqyn.songs.selectors.page import song_page, wave
from aqyn.songs.selectors.rows import SongRows, whole_songs
from aqyn.songs.selectors.shown import SongPage
from aqyn.songs.selectors.sung import (
    SungSection,
    SungSong,
    SungTimes,
    song_number,
    sung_songs,
    sung_times,
)

__all__ = [
    "Job",
    "SongCard",
    "SongPage",
    "SongRows",
    "SungSection",
    "SungSong",
    "SungTimes",
    "all_songs",
    "jobs",
    "key_opens",
    "lyrics_json",
    "media_reach",
    "public_rows",
    "public_songs",
    "song_jobs",
    "song_number",
    "song_page",
    "songs_of",
    "sung_songs",
    "sung_times",
    "wave",
    "whole_songs",
]
