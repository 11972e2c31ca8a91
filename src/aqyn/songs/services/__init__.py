"""What may be done with songs: each deed one short transaction, with who did it and when handed in.

A deed that cannot be done raises a `Refusal` with one sentence and changes nothing. Songs are named by slug,
lines and recordings by number, so that no other app needs the models.
"""

from aqyn.songs.facts import CauseFacts, SongFacts
from aqyn.songs.services.exporting import export_folder
from aqyn.songs.services.facts import change_facts, remove_song, write_song
from aqyn.songs.services.hearing import ask_to_hear, forget_voice, hear_lines
from aqyn.songs.services.importing import Imported, attach_folder, import_folder
from aqyn.songs.services.proposing import RELEARN_AFTER
from aqyn.songs.services.publishing import publish, withdraw
from aqyn.songs.services.readings import give_back_line, make_layers, overrule_line
from aqyn.songs.services.recordings import (
    attach_recording,
    cancel_preparation,
    have_made,
    prefer_recording,
    prepare_again,
    remove_recording,
    tell_recording,
)
from aqyn.songs.services.taking import (
    take_times,
)
from aqyn.songs.services.timing import set_lines, set_timing
from aqyn.songs.services.uploads import (
    LARGEST_PIECE,
    Arrived,
    begin_upload,
    forget_old_uploads,
    stop_upload,
    take_piece,
    upload_state,
)
from aqyn.songs.services.words import change_words
from aqyn.songs.services.writing import LONGEST_TEXT, Written, go_back, keep_words, save_text

__all__ = [
    "LARGEST_PIECE",
    "LONGEST_TEXT",
    "RELEARN_AFTER",
    "Arrived",
    "CauseFacts",
    "Imported",
    "SongFacts",
    "Written",
    "ask_to_hear",
    "attach_folder",
    "attach_recording",
    "begin_upload",
    "cancel_preparation",
    "change_facts",
    "change_words",
    "export_folder",
    "forget_old_uploads",
    "forget_voice",
    "give_back_line",
    "go_back",
    "have_made",
    "hear_lines",
    "import_folder",
    "keep_words",
    "make_layers",
    "overrule_line",
    "prefer_recording",
    "prepare_again",
    "publish",
    "remove_recording",
    "remove_song",
    "save_text",
    "set_lines",
    "set_timing",
    "stop_upload",
    "take_piece",
    "take_times",
    "tell_recording",
    "upload_state",
    "withdraw",
    "write_song",
]
