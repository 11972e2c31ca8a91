"""Recordings that code makes: the kinds of job that upper apps have brought, and what each calls."""

from __future__ import annotations

_makers: dict[str, str] = {}


def bring_maker(kind: str, function: str) -> None:
    """Have jobs of this kind done by `function` ("package.module:name"), in a child process.

    It is called with the job's name and a folder, and leaves `audio.*` and `timing.json` there. An upper app
    brings it in its `AppConfig.ready()`.
    """
    _makers[kind] = function


def maker(kind: str) -> str | None:
    """The function behind a kind of job, or None where the job is about a sound file that is there."""
    return _makers.get(kind)
