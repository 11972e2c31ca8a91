"""The settings of a big screen, as the query of its address tells them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from urllib.parse import urlencode

from aqyn.stage.sentences import BadScreenSetting

NOTHING = "none"
MOST_SAFE = 10
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")
KNOWN = {
    "ground": ("stage", NOTHING, "green"),
    "align": ("center", "left", "right"),
    "at": ("middle", "foot"),
    "lines": ("2", "1"),
    "safe": tuple(map(str, range(MOST_SAFE + 1))),
}
"""What each setting takes; `main` and `under` take the tag of a layer."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`main`, `under`: layers, "" for the songs' own words and "none" for no second reading. `ground`: the
    dark stage, nothing at all, or green to be keyed out. `at`: where the words stand. `lines`: the sung one
    alone or the next one too. `safe`: the margin in hundredths of the picture."""

    main: str = ""
    under: str = NOTHING
    ground: str = "stage"
    align: str = "center"
    at: str = "middle"
    lines: str = "2"
    safe: str = "5"

    @property
    def query(self) -> str:
        """These settings as a query, "" where all are as usual."""
        usual = asdict(Settings())
        return urlencode({name: value for name, value in asdict(self).items() if value != usual[name]})


NAMES = tuple(field.name for field in fields(Settings))


def read_settings(query: Mapping[str, str]) -> Settings:
    """What a query says; as usual where it says nothing. Raises BadScreenSetting."""
    told = {name: query[name] for name in NAMES if query.get(name)}
    for name, value in told.items():
        if name in KNOWN and value not in KNOWN[name]:
            raise BadScreenSetting(name=name, value=value[:40], known=", ".join(KNOWN[name]))
        if name not in KNOWN and not _TAG.fullmatch(value) and (name, value) != ("under", NOTHING):
            raise BadScreenSetting(name=name, value=value[:40], known="kk-Cyrl, kk-Latn, kk-Arab, ru, en")
    return Settings(**told)
