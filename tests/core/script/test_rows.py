"""Rows of words.tsv: what the guide says of them stays true."""

import argparse
from pathlib import Path

import pytest

from aqyn.core.script import fold
from aqyn.core.script.tables import LETTERS
from aqyn.site.benches import script as bench

WORDS = bench.DEFAULT_WORDS
needs_words = pytest.mark.skipif(not WORDS.is_file(), reason="shared/data/kazakh is not beside this checkout")


def scored(*options: str) -> dict[str, object]:
    parser = argparse.ArgumentParser()
    bench.add_arguments(parser)
    return bench.run(parser.parse_args(list(options)))


@needs_words
def test_all_rows_come_out_as_often_as_the_guide_says() -> None:
    result = scored()
    del result["words_per_s"]
    assert result == {
        "cyrl_latn": {"right": 111, "of": 114},
        "latn_cyrl": {"right": 114, "of": 114},
        "cyrl_arab": {"right": 220, "of": 230},
        "arab_cyrl": {"right": 210, "of": 230},
        "cyrl_bgn": {"right": 137, "of": 141},
        "rows": 399,
    }


@needs_words
def test_rows_of_mediawiki_come_out_as_often_as_the_guide_says() -> None:
    result = scored("--rows", "MediaWiki")
    del result["words_per_s"]
    assert result == {
        "cyrl_latn": {"right": 20, "of": 20},
        "latn_cyrl": {"right": 20, "of": 20},
        "cyrl_arab": {"right": 105, "of": 107},
        "arab_cyrl": {"right": 105, "of": 107},
        "cyrl_bgn": None,
        "rows": 108,
    }


@needs_words
def test_the_tables_are_those_of_the_shared_data() -> None:
    folder = WORDS.parent / "tables"
    for file, column, mine in [
        ("cyrl_latn2021.tsv", "latin_lower", "latin"),
        ("cyrl_bgn1979.tsv", "bgn_pcgn_1979", "bgn"),
        ("cyrl_arab_tote.tsv", "recommended", "arabic"),
    ]:
        lines = [line.split("\t") for line in (folder / file).read_text("utf-8").splitlines()]
        at = lines[0].index(column)
        shared = {line[0]: line[at].replace("(drop)", "") for line in reversed(lines[1:]) if len(line) > at}
        for letter in LETTERS:
            assert getattr(letter, mine) == shared[letter.cyrillic], (file, letter)


@needs_words
def test_the_fold_is_that_of_the_shared_data() -> None:
    lines = (WORDS.parent / "tables" / "search_fold.tsv").read_text("utf-8").splitlines()[1:]
    for line in lines:
        given, wanted = line.split("\t")[:2]
        char = chr(int(given[2:], 16)) if given.startswith("U+") else given
        assert fold(f"9{char}9") == f"9{wanted.replace('(drop)', '')}9"


def test_a_direction_without_rows_is_null(tmp_path: Path) -> None:
    words = tmp_path / "words.tsv"
    words.write_text(
        "cyrillic\tlatin2021\tarabic\tbgn\tsource\nАқтау\tAqtau\t\taqtaū\tone\nИт\tIt\t\t\tother\n", "utf-8"
    )
    result = scored("--words", str(words))
    assert result["cyrl_latn"] == {"right": 1, "of": 2}
    assert result["cyrl_bgn"] == {"right": 1, "of": 1}
    assert result["cyrl_arab"] is None
    assert scored("--words", str(words), "--rows", "one")["cyrl_latn"] == {"right": 1, "of": 1}
    assert scored("--words", str(words), "--rows", "none")["words_per_s"] is None


def test_a_file_that_is_no_list_of_words_gets_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="Cannot read the words in"):
        scored("--words", str(tmp_path / "absent.tsv"))
    wrong = tmp_path / "wrong.tsv"
    wrong.write_text("a\tb\n1\t2\n", "utf-8")
    with pytest.raises(SystemExit, match="it has no column cyrillic"):
        scored("--words", str(wrong))
