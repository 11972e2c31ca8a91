"""The kinds of letters: what may be left, what holds a secret, what the terminal shows.

A kind may have topics, "news:7": letters of the same manners that a reader leaves one by one. Whoever left
the kind itself has left all of its topics.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q


@dataclass(frozen=True, slots=True)
class Kind:
    """What the house knows of one kind of letter.

    news: the reader can leave with one click; service letters carry no such link.
    secret: the text holds a key; it is wiped as soon as the letter is sent or of no use any more.
    printed: where no mail is set up, the letter is also printed to the terminal of `up`.
    """

    name: str
    news: bool = False
    secret: bool = False
    printed: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; apps above call it in `AppConfig.ready()`. Saying the same twice is no harm."""
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ValueError(f"The kind “{kind.name}” is already known with other manners.")
    return kind


def topic(kind: Kind, number: int) -> str:
    """The name of one topic of a kind: what letters about artist 7, show 7 are sent as."""
    return f"{kind.name}:{number}"


def family(name: str) -> tuple[str, ...]:
    """The names whose leaving stops a letter of this name: its own, and that of the kind it is a topic of."""
    return tuple(dict.fromkeys((name, name.partition(":")[0])))


def known(name: str) -> Kind:
    """The kind with this name, or of which it is a topic. Raises ValueError where nobody registered it."""
    try:
        return _kinds[name.partition(":")[0]]
    except KeyError:
        raise ValueError(f"No letters of the kind “{name}” are known.") from None


def wiped(name: str) -> dict[str, str]:
    """The fields to empty when a letter of this kind is done: for a secret kind what it said, otherwise
    none."""
    return {"text": "", "html": ""} if known(name).secret else {}


def is_news() -> Q:
    """Letters, of whatever topic, that a reader can leave."""
    names = [name for name, kind in _kinds.items() if kind.news]
    return reduce(or_, (Q(kind__startswith=f"{name}:") for name in names), Q(kind__in=names))


def all_kinds() -> dict[str, Kind]:
    """Every kind by its name."""
    return dict(_kinds)


SIGN_IN = register(Kind("sign-in", secret=True, printed=True))
INVITE = register(Kind("invite", secret=True, printed=True))
TEST = register(Kind("test"))
SERVICE = register(Kind("service"))
NEWS = register(Kind("news", news=True))
