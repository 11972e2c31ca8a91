"""A small XML tree that knows its lines. A document type is refused, so there are no entities to expand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from aqyn.core.lyrics.formats.sheet import FormatError

DEEPEST = 40
MOST_ELEMENTS = 200_000
XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(slots=True)
class Element:
    """An element: its local name, its attributes by "namespace name", its children and texts in order."""

    name: str
    attributes: dict[str, str]
    line: int
    inside: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        return (child for child in self.inside if isinstance(child, Element))

    def get(self, name: str, default: str = "") -> str:
        """The attribute of this local name, in whatever namespace."""
        return next((v for k, v in self.attributes.items() if k.rpartition(" ")[2] == name), default)

    @property
    def lang(self) -> str:
        return self.attributes.get(f"{XML} lang", "")

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in the file's order. Depth is bounded when the tree is made."""
        yield self
        for child in self:
            yield from child.walk()

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)


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
        element = Element(name.rpartition(" ")[2], attributes, parser.CurrentLineNumber)
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
