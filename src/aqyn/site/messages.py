"""The interface's catalogues: found in the source, kept as .po, compiled to .mo.

Needs no gettext tools from the system: Django turns a template into something that Babel can read, Babel does
the rest. `kk` and `ru` are written by people; `kk_Latn` and `kk_Arab` are made from `kk` by `core.script`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from aqyn.core.script import convert

SOURCE = Path(__file__).parents[1]
LOCALE = SOURCE / "ui" / "locale"
WRITTEN = ("kk", "ru")
MADE = {"kk_Latn": "kk-Latn", "kk_Arab": "kk-Arab"}

_KEYWORDS = (
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "_",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
)
# What a change of script leaves alone: placeholders, tags, entities, addresses, code.
_KEPT = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;|https?://\S+|\S+@\S+|`[^`]*`")

type_of_message = str | tuple[str, str]


def found(folder: Path = SOURCE) -> dict[tuple[str | None, type_of_message], list[str]]:
    """Every (context, message) in the Python and template sources, with the files that say it.

    A message with a plural is the pair (singular, plural).
    """
    messages: dict[tuple[str | None, type_of_message], list[str]] = {}
    for file in sorted(
        [*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("*.txt"), *folder.rglob("*.xml")]
    ):
        if "migrations" in file.parts or "locale" in file.parts:
            continue
        text = file.read_text("utf-8")
        if file.suffix != ".py":
            if "{%" not in text and "{{" not in text:
                continue
            # What is not a message comes back as rows of X, indented as the template was.
            text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
        for context, message in _extracted(text):
            messages.setdefault((context, message), []).append(file.relative_to(folder).as_posix())
    return messages


def _extracted(text: str) -> Iterator[tuple[str | None, type_of_message]]:
    stream = io.BytesIO(text.encode())
    for _line, function, said, _comments in extract_python(
        stream, dict.fromkeys(_KEYWORDS), [], {"encoding": "utf-8"}
    ):
        parts = [part for part in (said if isinstance(said, (tuple, list)) else (said,)) if part is not None]
        context = (
            str(parts.pop(0)) if function in ("pgettext", "pgettext_lazy", "npgettext") and parts else None
        )
        if not parts or not all(isinstance(part, str) for part in parts):
            continue
        plural = function in ("ngettext", "ngettext_lazy", "npgettext")
        if parts[0]:
            yield context, (parts[0], parts[1]) if plural and len(parts) > 1 else parts[0]


def catalogue(locale: str) -> Catalog:
    """The catalogue of one of the written languages, as its .po stands."""
    with (LOCALE / locale / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=locale)


def in_script(text: str, tag: str) -> str:
    """A Kazakh message in another script; placeholders, tags and addresses stay as they are."""
    parts, at = [], 0
    for kept in _KEPT.finditer(text):
        parts += [convert(text[at : kept.start()], to=tag).text, kept.group()]
        at = kept.end()
    return "".join([*parts, convert(text[at:], to=tag).text])


def made(locale: str) -> Catalog:
    """The catalogue of a Kazakh script, made from the Cyrillic one."""
    tag = MADE[locale]
    catalog = Catalog(locale="kk", fuzzy=False)
    for message in catalogue("kk"):
        if not message.id or not message.string:
            continue
        string = message.string
        turned = (
            in_script(string, tag) if isinstance(string, str) else tuple(in_script(s, tag) for s in string)
        )
        catalog.add(message.id, turned, context=message.context)
    return catalog


def compiled(catalog: Catalog) -> bytes:
    """The .mo of a catalogue; the same catalogue gives the same bytes."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def write_catalogues() -> list[Path]:
    """Brings each .po in line with the source, compiles each .mo; gives the files that changed."""
    changed: list[Path] = []

    def put(file: Path, body: bytes) -> None:
        if not file.exists() or file.read_bytes() != body:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
            changed.append(file)

    messages = found()
    for locale in WRITTEN:
        old = catalogue(locale)
        new = Catalog(
            locale=locale,
            project="Aqyn",
            version="1",
            fuzzy=False,
            header_comment=f"# Aqyn in “{locale}”. AGPL-3.0-or-later.",
        )
        new.creation_date = new.revision_date = old.creation_date
        for (context, message), files in sorted(messages.items(), key=lambda item: str(item[0][1])):
            before = old.get(message if isinstance(message, str) else message[0], context)
            new.add(
                message,
                before.string if before else None,
                context=context,
                locations=[(f, None) for f in files],
            )  # type: ignore[list-item]
        for message in old:
            if message.id and "django" in message.auto_comments:  # Django's own, supplied by us
                new.add(message.id, message.string, context=message.context, auto_comments=["django"])
        out = io.BytesIO()
        write_po(out, new, width=110, include_lineno=False, omit_header=False)
        put(LOCALE / locale / "LC_MESSAGES" / "django.po", out.getvalue())
        put(LOCALE / locale / "LC_MESSAGES" / "django.mo", compiled(catalogue(locale)))
    for locale in MADE:
        put(LOCALE / locale / "LC_MESSAGES" / "django.mo", compiled(made(locale)))
    return changed


def untranslated(locale: str) -> list[str]:
    """What the source says and a written catalogue does not, or says with placeholders of its own."""
    catalog = catalogue(locale)
    missing: list[str] = []
    for (context, message), files in found().items():
        ids = (message,) if isinstance(message, str) else message
        entry = catalog.get(ids[0], context)
        strings = (
            () if entry is None else (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)
        )
        wanted = set(_KEPT.findall(ids[-1]))
        if not strings or not all(strings):
            missing.append(f"{ids[0]!r} in {files[0]}")
        elif any(not set(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w+\}", s)) <= wanted for s in strings):
            missing.append(f"{ids[0]!r} in {files[0]}: other placeholders")
    return missing
