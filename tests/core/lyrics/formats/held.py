"""What of a sheet each format holds: with it `read(write(sheet)) == held(sheet)`."""

from dataclasses import replace
from itertools import pairwise

from aqyn.core.lyrics.formats import Sheet
from aqyn.core.lyrics.formats.languages import tag_of, three_letters
from aqyn.core.lyrics.model import Line, Section, Word, escaped, marked, plain
from aqyn.core.lyrics.timing import LineCues


def plain_lines(sheet: Sheet, language: str) -> tuple[Line, ...]:
    """The lines as formats without languages keep them."""
    return tuple(Line(escaped(plain(line.text)), language) for line in sheet.lines)


def by_line(cues: LineCues | None) -> LineCues | None:
    return cues and LineCues(cues.start, cues.end)


def subtitled(sheet: Sheet, lines: tuple[Line, ...], **kept: object) -> Sheet:
    """The timed lines in one section: what is a subtitle."""
    held = [(line, cues) for line, cues in zip(lines, sheet.cues, strict=True) if cues]
    return Sheet(
        (Section("verse", tuple(line for line, _ in held)),), tuple(cues for _, cues in held), **kept
    )


def srt(sheet: Sheet) -> Sheet:
    held = subtitled(sheet, plain_lines(sheet, "und"))
    return replace(held, cues=tuple(map(by_line, held.cues)))


def vtt(sheet: Sheet) -> Sheet:
    primary = sheet.language.split("-")[0]

    def told(line: Line) -> Line:
        """A line's language is that of its words where they have one together, otherwise the song's."""
        words = [Word(word.text, word.language) for word in line.words]
        spoken = {word.language for word in words}
        language = spoken.pop() if len(spoken) == 1 else primary
        return Line(marked(words, language), language)

    lines = tuple(map(told, sheet.lines))
    return subtitled(
        sheet,
        lines,
        language=sheet.language,
        title=" ".join(sheet.title.split()),
        artist=sheet.artist,
    )


def ass(sheet: Sheet) -> Sheet:
    lines = plain_lines(sheet, sheet.language.split("-")[0])
    return subtitled(sheet, lines, language=sheet.language, title=sheet.title)


def sylt(sheet: Sheet) -> Sheet:
    language = tag_of(three_letters(sheet.language))
    held = subtitled(sheet, plain_lines(sheet, language), language=language)
    cues = list(held.cues)
    for place, (line, after) in enumerate(pairwise(cues)):
        # A line ends at the latest when the next begins.
        cues[place] = line if line.words else LineCues(line.start, min(line.end, after.start))
    return replace(held, cues=tuple(cues))


def text(sheet: Sheet) -> Sheet:
    lines = iter(plain_lines(sheet, "und"))
    sections = tuple(
        Section(section.kind, tuple(next(lines) for _ in section.lines), section.name)
        for section in sheet.sections
    )
    return Sheet(sections, (None,) * len(sheet.lines))


def uslt(sheet: Sheet) -> Sheet:
    language = tag_of(three_letters(sheet.language))
    held = text(sheet)
    sections = tuple(
        replace(section, lines=tuple(replace(line, language=language) for line in section.lines))
        for section in held.sections
    )
    return replace(held, sections=sections, language=language)
