"""What is wrong with words or times: the sentences of core.lyrics, which knows no language of ours."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aqyn.core.lyrics.model import LyricsError

# A test holds this list to its sources.
LYRICS = (
    gettext_noop("A {…} span opens inside another."),
    gettext_noop("A {…} span is not closed."),
    gettext_noop("there is no part “%(name)s” above to sing again."),
    gettext_noop("a part is sung 1 to %(most)s times in a row."),
    gettext_noop("the part that begins here has no end."),
    gettext_noop("a song has at most %(most)s lines."),
    gettext_noop("A line's times are [start, end], or one [start, end, [syllables]] for each word."),
    gettext_noop("A word's times are [start, end] or [start, end, [syllable starts]] in whole milliseconds."),
    gettext_noop("Where a time comes from is a known word, and how sure it is a percentage or null."),
    gettext_noop("There are times for %(timed)s lines, but the song has %(lines)s."),
    gettext_noop("it ends at %(end)s ms, after the end of the recording at %(duration)s ms."),
    gettext_noop("there are times for %(timed)s words, but it has %(words)s."),
    gettext_noop("it begins before the recording does."),
    gettext_noop("it begins before the line above it."),
    gettext_noop("it ends before it begins."),
    gettext_noop("it does not begin and end with its words."),
    gettext_noop("word %(word)s begins before the one in front of it has ended."),
    gettext_noop("word %(word)s ends before it begins."),
    gettext_noop("the syllables of word %(word)s do not follow one another."),
    gettext_noop("a syllable of word %(word)s begins after its end."),
    gettext_noop("this is not UTF-8 text: save it as UTF-8, or copy its words and paste them."),
    gettext_noop("The file is longer than any song: %(most)s characters at most."),
    gettext_noop("there is a control character."),
    gettext_noop("A song has at most %(most)s lines."),
    gettext_noop("“%(text)s” is not a time such as [01:02.34]."),
    gettext_noop("No line of the file has a time such as [01:02.34]."),
    gettext_noop("“%(text)s” is not a time."),
    gettext_noop("The offset “%(text)s” is not a whole number of milliseconds."),
    gettext_noop("a line without words cannot be written."),
    gettext_noop("a line without times cannot begin with a bracket."),
    gettext_noop("words that look like a time in brackets cannot be written."),
    gettext_noop("there are not as many times as words."),
    gettext_noop("the times of its words do not follow one another."),
    gettext_noop("this is not a TTML file: it has no <tt> with a <body>."),
    gettext_noop("“%(tag)s” is not a language tag."),
    gettext_noop("there are no lines in the <body>."),
    gettext_noop("there are more elements here than lyrics need."),
    gettext_noop("a document type is not taken."),
    gettext_noop("this is not well-formed XML."),
    gettext_noop("There are no words in the file."),
    gettext_noop("This is a recording, not a file of words."),
    gettext_noop("This is a document of another program: copy its words and paste them."),
    gettext_noop("The song has no reading “%(tag)s”."),
    gettext_noop("its format has to name Start, End and, as the last, Text."),
    gettext_noop("it has fewer fields than its format names."),
    gettext_noop("“%(text)s” is not a time such as 0:01:02.34."),
    gettext_noop("words with a brace or a backslash cannot be written."),
    gettext_noop("this does not begin with an ID3 tag of version 2.2, 2.3 or 2.4."),
    gettext_noop("its text is in an encoding that there is not."),
    gettext_noop("its text is not in the encoding that it claims."),
    gettext_noop("its letters cannot be written in this encoding."),
    gettext_noop("The ID3 tag holds no words of this kind."),
    gettext_noop("words that look like a mark of the format cannot be written."),
    gettext_noop("“%(text)s” is not a time such as 00:01:02.340 --> 00:01:04.500."),
    gettext_noop("There are no words with a time in the file."),
    gettext_noop("No line of the song has a time."),
    gettext_noop("the frame is shorter than its head."),
    gettext_noop("its times are not counted in milliseconds."),
    gettext_noop("it holds something else than words."),
    gettext_noop("it ends before its last time."),
    gettext_noop("there are more pieces here than lyrics need."),
    gettext_noop("There are no words in the comments."),
    gettext_noop("The comments are longer than any song: %(most)s bytes at most."),
    gettext_noop("There are at most %(most)s comments in a block."),
    gettext_noop("The block of comments ends too soon."),
    gettext_noop("this is not a WebVTT file: it does not begin with WEBVTT."),
    gettext_noop("a line has at most %(most)s characters."),
    gettext_noop("it has other words than the song, “%(text)s”."),
)


def lyrics_sentence(error: LyricsError) -> str:
    """The sentence of a fault in words or times, with its line, in the language in force."""
    said = _(error.sentence) % error.values if error.values else _(error.sentence)
    return said if error.line is None else _("line %(line)s: %(fault)s") % {"line": error.line, "fault": said}
