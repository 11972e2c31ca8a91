"""Pages set by typst: values in, a PDF out. Runs in a child process of its own (`aqyn.media.run_child`).

The PDF follows PDF/UA-1: it is tagged, every run says its language, and no letter may be missing, which is
what finds a sign that no typeface at hand can draw. Nothing in it tells the time: the same values give the
same bytes, as long as the same typefaces are there. typst is given no package folder and fetches nothing.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from aqyn.media.errors import MediaError

PAGES = "pages.pdf"
FACE = "Libertinus Serif"
ARABIC_FACES = ("Noto Naskh Arabic", "Amiri", "Scheherazade New", "Geeza Pro")
"""Typefaces that draw every letter of Kazakh in Arabic script, the one that fits best first."""

_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


class NoArabicFace(MediaError):
    code = "no_arabic_face"
    sentence = "No typeface on this machine draws Kazakh in Arabic script."


class CannotDraw(MediaError):
    """`sign`: what no typeface could draw."""

    code = "cannot_draw"
    sentence = "No typeface on this machine draws “{sign}”."


def set_pages(template: str, values: dict[str, Any], *, arabic: bool) -> None:
    """Write the pages of a typst file to `PAGES` in the working folder.

    It finds the values as JSON in `sys.inputs.values`, and with them `faces`: the typefaces there are, one
    for Cyrillic and Latin letters, and one for Arabic ones where the machine has it. `arabic` says whether
    the values need that. Raises NoArabicFace or CannotDraw.
    """
    # One thread: the machine is small, and the server comes first.
    os.environ["RAYON_NUM_THREADS"] = "1"
    import typst

    fonts = typst.Fonts()
    there = set(fonts.families())
    second = [face for face in ARABIC_FACES if face in there][:1]
    if arabic and not second:
        raise NoArabicFace
    told = json.dumps(values | {"faces": [FACE, *second]}, ensure_ascii=False)
    compiler = typst.Compiler(Path(template).read_bytes(), font_paths=fonts, sys_inputs={"values": told})
    try:
        # typst's own list of standards is longer than the one in its type stubs.
        compiler.compile(output=PAGES, format="pdf", pdf_standards=["ua-1"])  # type: ignore[list-item]
    except typst.TypstError as error:
        missing = _MISSING.search(error.message)
        if missing is None:
            raise
        sign = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), missing[1])
        raise CannotDraw(sign=sign) from None
