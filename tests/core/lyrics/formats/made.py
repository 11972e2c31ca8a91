"""A song of our own, timed word by word, as large as wanted: for readers that are not ours."""

from aqyn.core.lyrics.formats import Sheet
from aqyn.core.lyrics.model import LayerText, Line, Section
from aqyn.core.lyrics.timing import Cue, LineCues

LINES = ("Терезеде шам жанады,", "қайтып кел & үйге", "Жол <ұзақ>, түн суық", "Ән", "таң атады — күтемін")
LATIN = ("Terezede şam janady,", "qaityp kel & üige", "Jol <ūzaq>, tün suyq", "Än", "tañ atady — kütemin")


def song(lines: int = 10) -> Sheet:
    """Every third line is timed as a whole; all times are multiples of 10 ms, no two lines overlap."""
    made, cues = [], []
    for number in range(lines):
        place = number % len(LINES)
        made.append(Line(LINES[place], "kk", {"kk-Latn": LayerText(LATIN[place], "imported")}))
        start = 1000 + 4000 * number
        if number % 3 == 2:
            cues.append(LineCues(start, start + 3500))
            continue
        words = []
        for word in made[-1].words:
            words.append(Cue(start, start + 400 + 10 * len(word.text), (start,)))
            start = words[-1].end + (70 if len(words) % 2 else 0)
        cues.append(LineCues.of(words))
    return Sheet((Section("verse", tuple(made)),), tuple(cues), "kk-Cyrl", "Терезе", "Мадина Иманқұлов")
