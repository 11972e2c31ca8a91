"""Files that hold timed lyrics, one module each: `FORMATS` lists them, `guess` tells them apart.

A module has `read(text) -> Sheet` and `write(sheet) -> str`, or the same with bytes, and says in its
docstring what it cannot carry; a `Format` of the list reads and writes bytes.
"""

from aqyn.core.lyrics.formats.catalogue import FORMATS, Format
from aqyn.core.lyrics.formats.guessing import guess
from aqyn.core.lyrics.formats.readings import sheet_in
from aqyn.core.lyrics.formats.sheet import FormatError, Sheet
from aqyn.core.lyrics.formats.tagging import lyrics_tag

__all__ = ["FORMATS", "Format", "FormatError", "Sheet", "guess", "lyrics_tag", "sheet_in"]
