"""`aqyn bench formats`: milliseconds to read and to write a song of 1,000 lines in each lyrics format."""

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from time import perf_counter

from aqyn.core.lyrics.formats import FORMATS, Sheet
from aqyn.core.lyrics.layers import pieces
from aqyn.core.lyrics.model import LayerText, Line, Section, parse_marked
from aqyn.core.lyrics.textlines import line_of
from aqyn.core.lyrics.timing import Cue, LineCues
from aqyn.core.script import Scheme, convert

LINES = 1000
WORDS_IN_LINE = 6

#: Stems that take any of their row's endings, so that no two lines are alike.
_BACK = (
    "жол",
    "таң",
    "қар",
    "алма",
    "дала",
    "жұлдыз",
    "сағыныш",
    "қала",
    "аспан",
    "тау",
    "бала",
    "арман",
    "құс",
)
_FRONT = (
    "көл",
    "түн",
    "күз",
    "терезе",
    "өлең",
    "жүрек",
    "сәуле",
    "дүние",
    "бесік",
    "үміт",
    "іні",
    "шеше",
    "ән",
)
_ENDINGS = (("", "дай", "ға", "дан", "мен", "ша"), ("", "дей", "ге", "ден", "мен", "ше"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `aqyn bench formats`."""
    parser.add_argument("--rounds", type=int, default=9, help="how often each is done; the median counts")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Milliseconds to read and to write each format, of words that are timed by syllable."""
    if args.rounds < 1:
        raise SystemExit("--rounds is at least 1.")
    sheet = song(LINES)
    figures = {}
    for key, form in FORMATS.items():
        data = form.write(sheet)
        figures[key] = {
            "read_ms": _median_ms(partial(form.read, data), args.rounds),
            "write_ms": _median_ms(partial(form.write, sheet), args.rounds),
        }
    return {"lines": LINES, "words": LINES * WORDS_IN_LINE, "rounds": args.rounds, "formats": figures}


def song(lines: int) -> Sheet:
    """A song of made-up lines in Kazakh, the same each time, with a reading in Latin letters."""
    made, cues = [], []
    for number in range(lines):
        words = [_word(number * WORDS_IN_LINE + place) for place in range(WORDS_IN_LINE)]
        text = " ".join(words)
        made.append(Line(text, "kk", {"kk-Latn": LayerText(convert(text, to=Scheme.LATN_2021).text)}))
        cues.append(LineCues.of(list(_cues(words, 4000 * number))))
    sections = tuple(Section("verse", tuple(made[at : at + 8])) for at in range(0, lines, 8))
    return Sheet(sections, tuple(cues), "kk-Cyrl", "Мың жол", "Мадина Иманқұлов")


def _word(number: int) -> str:
    kind, number = number % 2, number // 2
    stems, endings = (_BACK, _FRONT)[kind], _ENDINGS[kind]
    return stems[number % len(stems)] + endings[number // len(stems) % len(endings)]


def _cues(words: list[str], at: int) -> Iterator[Cue]:
    for word in words:
        starts = tuple(at + 150 * place for place in range(len(pieces(word, "kk"))))
        yield Cue(at, starts[-1] + 140, starts)
        at = starts[-1] + 160


def _median_ms(deed: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        # What a first reading of the file would not have either.
        parse_marked.cache_clear()
        line_of.cache_clear()
        started = perf_counter()
        deed()
        taken.append(perf_counter() - started)
    return round(median(taken) * 1000, 1)
