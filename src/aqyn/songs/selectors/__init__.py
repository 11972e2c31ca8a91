"""What may be read of the songs: by the house's own views and by the apps above."""

from aqyn.songs.selectors.lyrics import lyrics_json
from aqyn.songs.selectors.page import SongPage, song_page

__all__ = ["SongPage", "lyrics_json", "song_page"]
