"""A small XML tree that knows its lines. A document type is refused, so there are no entities to expand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from aqyn.core.lyrics.formats.sheet import FormatError

DEEPEST = 40
MOST_ELEMENTS = 200_000
XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(slots=True)
class Element:
    """An element: its local name, its attributes by theirs, its children and texts in order.

    Of `xml:lang` the name is just that.
    """

    name: str
    attributes: dict[str, str]
    line: int
    inside: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        return (child for child in self.inside if isinstance(child, Element))

    def get(self, name: str, default: str = "") -> str:
        """The attribute of this local name, in whatever namespace."""
        return self.attributes.get(name, default)

    @property
    def lang(self) -> str:
        return self.attributes.get("xml:lang", "")

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in the file's order."""
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(child for child in reversed(element.inside) if not isinstance(child, str))

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)


@lru_cache(maxsize=256)
def _local(name: str) -> str:
    return "xml:lang" if name == f"{XML} lang" else name.rpartition(" ")[2]


def parsed(text: str) -> Element:
    """The root of an XML document. Raises FormatError naming the line at fault."""
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    root = Element("", {}, 1)
    open_elements = [root]
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(open_elements) > DEEPEST or count > MOST_ELEMENTS:
            raise FormatError("there are more elements here than lyrics need.", parser.CurrentLineNumber)
        named = {_local(said): value for said, value in attributes.items()} if attributes else attributes
        element = Element(_local(name), named, parser.CurrentLineNumber)
        open_elements[-1].inside.append(element)
        open_elements.append(element)

    def refuse(*_: object) -> None:
        raise FormatError("a document type is not taken.", parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: open_elements.pop()
    parser.CharacterDataHandler = lambda data: open_elements[-1].inside.append(data)
    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise FormatError("this is not well-formed XML.", error.lineno) from None
    return next(iter(root))
