"""`aqyn bench script`: how often the converters write and read words as their sources do."""

import argparse
import csv
import unicodedata
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from aqyn.core.script import Scheme, convert, lower

DEFAULT_WORDS = Path(__file__).resolve().parents[5] / "shared" / "data" / "kazakh" / "words.tsv"
COLUMNS = ("cyrillic", "latin2021", "arabic", "bgn", "source")


class Direction(NamedTuple):
    """One conversion that is scored: from one column into another, and whether case must agree."""

    key: str
    given: str
    wanted: str
    source: str
    to: str
    cased: bool


#: BGN cells are lower case whatever the name, and Arabic writing has no case: there it cannot be asked for.
DIRECTIONS = (
    Direction("cyrl_latn", "cyrillic", "latin2021", Scheme.CYRL, Scheme.LATN_2021, cased=True),
    Direction("latn_cyrl", "latin2021", "cyrillic", Scheme.LATN_2021, Scheme.CYRL, cased=True),
    Direction("cyrl_arab", "cyrillic", "arabic", Scheme.CYRL, Scheme.ARAB_TOTE, cased=False),
    Direction("arab_cyrl", "arabic", "cyrillic", Scheme.ARAB_TOTE, Scheme.CYRL, cased=False),
    Direction("cyrl_bgn", "cyrillic", "bgn", Scheme.CYRL, Scheme.LATN_BGN, cased=False),
)

Row = dict[str, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `aqyn bench script`."""
    parser.add_argument("--words", type=Path, default=DEFAULT_WORDS, metavar="FILE", help="a TSV of words")
    parser.add_argument("--rows", default="", metavar="PREFIX", help="only rows whose source begins so")
    parser.add_argument("--misses", action="store_true", help="print each row that came out otherwise")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Right and all rows of each direction (null where no row has both cells), and words a second.

    Raises SystemExit with one sentence where the file cannot be read as words.
    """
    rows = [row for row in read_words(args.words) if row["source"].startswith(args.rows)]
    result: dict[str, object] = {}
    for direction in DIRECTIONS:
        scored = [
            (row, is_right(row, direction)) for row in rows if row[direction.given] and row[direction.wanted]
        ]
        right = sum(ok for _, ok in scored)
        result[direction.key] = {"right": right, "of": len(scored)} if scored else None
        if args.misses:
            for row in (row for row, ok in scored if not ok):
                made = _made(row, direction)
                print(
                    direction.key,
                    row[direction.given],
                    "made",
                    made,
                    "wanted",
                    row[direction.wanted],
                    sep="\t",
                )
    result["words_per_s"] = words_per_second([row["cyrillic"] for row in rows if row["cyrillic"]])
    result["rows"] = len(rows)
    return result


def read_words(path: Path) -> list[Row]:
    """The rows of a TSV of the shape of words.tsv, every cell in NFC and without outer spaces."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
            if missing:
                raise SystemExit(f"{path} is not a list of words: it has no column {', '.join(missing)}.")
            return [
                {name: unicodedata.normalize("NFC", (row[name] or "").strip()) for name in COLUMNS}
                for row in reader
            ]
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SystemExit(f"Cannot read the words in {path}: {reason}. Name a file with --words.") from None


def is_right(row: Row, direction: Direction) -> bool:
    """Whether the conversion of a row is the cell beside it, letter for letter after NFC."""
    made, wanted = _made(row, direction), row[direction.wanted]
    return made == wanted if direction.cased else lower(made, direction.to) == lower(wanted, direction.to)


def words_per_second(words: list[str]) -> float | None:
    """Cyrillic words put into Latin and Arabic in a second, over at least a fifth of one."""
    if not words:
        return None
    turns: tuple[Callable[[str], object], ...] = (
        lambda word: convert(word, to=Scheme.LATN_2021),
        lambda word: convert(word, to=Scheme.ARAB_TOTE),
    )
    done, started = 0, perf_counter()
    while (passed := perf_counter() - started) < 0.2:
        for word in words:
            for turn in turns:
                turn(word)
        done += len(words) * len(turns)
    return round(done / passed)


def _made(row: Row, direction: Direction) -> str:
    return convert(row[direction.given], to=direction.to, source=direction.source).text
