"""The interface's catalogues: found in the source, kept as .po, compiled to .mo.

Needs no gettext tools from the system: Django turns a template into something that Babel can read, Babel does
the rest. `kk` and `ru` are written by people; `kk_Latn` and `kk_Arab` are made from `kk` by `core.script`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from aqyn.core.script import convert

SOURCE = Path(__file__).parents[1]
LOCALE = SOURCE / "ui" / "locale"
WRITTEN = ("kk", "ru")
MADE = {"kk_Latn": "kk-Latn", "kk_Arab": "kk-Arab"}
# Marks in a .po what Django says and we show: its own Kazakh catalogue leaves much of it out.
DJANGO = "django"

_PLURAL = {"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"}
_IN_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
_KEYWORDS = {"gettext", "gettext_lazy", "gettext_noop", "_"} | _PLURAL | _IN_CONTEXT
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
# What a change of script leaves alone: placeholders, tags, entities, addresses, code, marks in a song's text.
_KEPT = re.compile(
    r"%%?\(\w+\)[sd]|%[sd%]|\{\w*\}|\{\w+:[^}]*\}|\[[^\]]*\]|<code>.*?</code>|<[^>]+>|&\w+;"
    r"|https?://\S+|\S+@\S+|`[^`]*`"
)


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """A message of the source; `plural` and `context` are empty where it has none."""

    text: str
    plural: str = ""
    context: str = ""

    @property
    def id(self) -> str | tuple[str, str]:
        return (self.text, self.plural) if self.plural else self.text


def found(folder: Path = SOURCE) -> dict[Said, list[str]]:
    """Every message in the Python and template sources, with the files that say it."""
    messages: dict[Said, list[str]] = {}
    for file in sorted(f for kind in ("py", "html", "txt", "xml") for f in folder.rglob(f"*.{kind}")):
        if {"migrations", "locale"} & set(file.parts):
            continue
        text = file.read_text("utf-8")
        if file.suffix != ".py":
            if "{%" not in text and "{{" not in text:
                continue
            # What is not a message comes back as rows of X, indented as the template was.
            text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
        for message in _extracted(text):
            messages.setdefault(message, []).append(file.relative_to(folder).as_posix())
    return messages


def _extracted(text: str) -> Iterator[Said]:
    stream, keywords = io.BytesIO(text.encode()), dict.fromkeys(_KEYWORDS)
    for _line, function, told, _comments in extract_python(stream, keywords, [], {"encoding": "utf-8"}):
        parts = list(told) if isinstance(told, (tuple, list)) else [told]
        context = parts.pop(0) if function in _IN_CONTEXT else ""
        first = parts[0] if parts else None
        plural = parts[1] if function in _PLURAL and len(parts) > 1 else ""
        if first and isinstance(first, str) and isinstance(plural, str) and isinstance(context, str):
            yield Said(first, plural, context)


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
    tag, kazakh = MADE[locale], catalogue("kk")
    catalog = _like(kazakh)
    for message in kazakh:
        forms = tuple(in_script(form, tag) for form in _forms(message))
        if message.id and all(forms):
            catalog.add(message.id, forms if message.pluralizable else forms[0], context=message.context)
    return catalog


def compiled(catalog: Catalog) -> bytes:
    """The .mo of a catalogue; the same catalogue gives the same bytes."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def write_catalogues() -> list[Path]:
    """Brings each .po in line with the source, compiles each .mo; gives the files that changed."""
    changed: list[Path] = []

    def put(locale: str, name: str, body: bytes) -> None:
        file = LOCALE / locale / "LC_MESSAGES" / name
        if not file.exists() or file.read_bytes() != body:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
            changed.append(file)

    messages = found()
    for locale in WRITTEN:
        out = io.BytesIO()
        write_po(out, _brought_in_line(catalogue(locale), messages), width=110, include_lineno=False)
        put(locale, "django.po", out.getvalue())
        put(locale, "django.mo", compiled(catalogue(locale)))
    for locale in MADE:
        put(locale, "django.mo", compiled(made(locale)))
    return changed


def _brought_in_line(old: Catalog, messages: dict[Said, list[str]]) -> Catalog:
    """The same translations for what the source says now, and for what Django says."""
    new = _like(old)
    for said, files in sorted(messages.items()):
        before = old.get(said.text, said.context or None)
        new.add(
            said.id,
            before.string if before else None,
            context=said.context or None,
            locations=[(file, 0) for file in files],
        )
    for message in old:
        if message.id and DJANGO in message.auto_comments:
            new.add(message.id, message.string, context=message.context, auto_comments=[DJANGO])
    return new


def untranslated(locale: str) -> list[str]:
    """What the source says and a written catalogue does not, or says with placeholders of its own."""
    catalog = catalogue(locale)
    missing: list[str] = []
    for said, files in found().items():
        message = catalog.get(said.text, said.context or None)
        forms = _forms(message) if message else ()
        known = set(_PLACEHOLDER.findall(said.text + said.plural))
        if not forms or not all(forms):
            missing.append(f"{said.text!r} in {files[0]}")
        elif any(not set(_PLACEHOLDER.findall(form)) <= known for form in forms):
            missing.append(f"{said.text!r} in {files[0]}: other placeholders")
    return missing


def _forms(message: Message) -> tuple[str, ...]:
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ())


def _like(catalog: Catalog) -> Catalog:
    """An empty catalogue of the same language and date: nothing in it tells when it was compiled."""
    empty = Catalog(
        locale=catalog.locale,
        project="Aqyn",
        version="1",
        header_comment=f"# What the house says, in “{catalog.locale}”. AGPL-3.0-or-later.",
        msgid_bugs_address="none",
        last_translator="Aqyn",
        language_team="Aqyn",
        fuzzy=False,
    )
    empty.creation_date, empty.revision_date = catalog.creation_date, catalog.revision_date
    return empty
