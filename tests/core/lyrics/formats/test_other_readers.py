"""Readers that are not ours find in our files the words and times that we wrote."""

import io
import re
import xml.etree.ElementTree as ElementTree

import lrcparser
import mutagen.flac
import mutagen.id3
import mutagen.oggopus
import pysubs2
import pytest
import ttconv.imsc.reader
import ttconv.model
import webvtt
from tests.core.lyrics.formats.made import song

from aqyn.core.lyrics.formats import FORMATS, guess, id3, lyrics_tag, sylt, uslt, vorbis
from aqyn.core.lyrics.model import plain

SONG = song()
WORDS = [plain(line.text) for line in SONG.lines]
TIMES = [(cues.start, cues.end) for cues in SONG.cues]


def written(key: str) -> str:
    return FORMATS[key].write(SONG).decode()


def lrc_ms(time: lrcparser.LrcTime) -> int:
    return round(float(time) * 1000)


def test_lrcparser_reads_our_lrc():
    lines = lrcparser.LrcParser.parse(written("lrc"))["lrc_lines"]
    said = [(lrc_ms(line.start_time), str(line.text[0].text)) for line in lines]
    assert [one for one in said if one[1]] == [
        (start, text) for (start, _), text in zip(TIMES, WORDS, strict=True)
    ]
    # An empty line with a time ends the one before it.
    assert [start for start, text in said if not text] == [end for _, end in TIMES]


def test_lrcparser_reads_the_words_of_our_enhanced_lrc():
    lines = lrcparser.LrcParser.parse(written("enhanced-lrc"))["lrc_lines"]
    found = {lrc_ms(line.start_time): line.text for line in lines}
    compared = 0
    for text, cues in zip(WORDS, SONG.cues, strict=True):
        # lrcparser takes any word between < and > for a time.
        if cues.words and "<" not in text:
            segments = found[cues.start]
            assert "".join(segment.text for segment in segments) == text
            words = [lrc_ms(segment.time) for segment in segments if segment.text.strip()]
            assert words == [word.start for word in cues.words]
            compared += 1
    assert compared == 6


@pytest.mark.parametrize("key", ["srt", "vtt", "ass"])
def test_pysubs2_reads_our_subtitles(key):
    read = pysubs2.SSAFile.from_string(written(key), format_=key)
    assert [(event.start, event.end) for event in read] == TIMES
    said = [re.sub(r"<[\d:.]+>", "", event.plaintext) for event in read]
    assert said == [
        word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") if key == "vtt" else word
        for word in WORDS
    ]


def test_pysubs2_reads_the_karaoke_of_our_ass():
    read = pysubs2.SSAFile.from_string(written("ass"), format_="ass")
    assert read.info["Title"] == "Терезе"
    for event, cues in zip(read, SONG.cues, strict=True):
        lasting = [int(cs) * 10 for cs in re.findall(r"\\kf(\d+)", event.text)]
        assert sum(lasting) == (event.duration if cues.words else 0)
        texts = [part for part in re.split(r"\{\\kf\d+\}", event.text)[1:]]
        at, sung = event.start, []
        for lasts, text in zip(lasting, texts, strict=True):
            if text.strip():
                sung.append((at, text.strip()))
            at += lasts
        assert [start for start, _ in sung] == [word.start for word in cues.words]
        if cues.words:
            assert " ".join(text for _, text in sung) == event.plaintext


def test_what_pysubs2_writes_is_read():
    read = pysubs2.SSAFile.from_string(written("ass"), format_="ass")
    for key in ("ass", "srt", "vtt"):
        form, sheet = guess(read.to_string(key).encode())
        assert form.key == key
        assert [(cues.start, cues.end) for cues in sheet.cues] == TIMES
        if key == "ass":
            assert [cues.words for cues in sheet.cues] == [cues.words for cues in SONG.cues]


def test_webvtt_py_reads_our_webvtt():
    read = webvtt.from_string(written("vtt"))
    assert [caption.text for caption in read] == [re.sub(r"[<>&]", escape, text) for text in WORDS]
    assert [(caption.start_in_seconds, caption.end_in_seconds) for caption in read] == [
        (start // 1000, end // 1000) for start, end in TIMES
    ]
    assert [(caption.start, caption.end) for caption in read] == [tuple(map(clock, times)) for times in TIMES]
    assert (
        guess(read.content.encode())[1].sections[0].lines
        == FORMATS["vtt"].read(written("vtt").encode()).lines
    )


def escape(found: re.Match[str]) -> str:
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}[found[0]]


def clock(time: int) -> str:
    return f"{time // 3600_000:02}:{time // 60_000 % 60:02}:{time // 1000 % 60:02}.{time % 1000:03}"


def test_ttconv_reads_the_lines_of_our_ttml():
    tree = ElementTree.ElementTree(ElementTree.fromstring(written("ttml")))
    document = ttconv.imsc.reader.to_model(tree)
    paragraphs = [one for one in document.get_body().dfs_iterator() if isinstance(one, ttconv.model.P)]
    assert [(one.get_begin() * 1000, one.get_end() * 1000) for one in paragraphs] == TIMES
    said = [
        "".join(text.get_text() for text in one.dfs_iterator() if isinstance(text, ttconv.model.Text))
        for one in paragraphs
    ]
    assert said == WORDS


@pytest.mark.parametrize("encoding", range(4))
def test_mutagen_reads_our_frames_in_every_encoding(encoding):
    text = "Terezede sham\nzhanady" if encoding == 0 else "Терезеде шам\nжанады"
    pieces = (sylt.Piece(text.split("\n")[0], 1000), sylt.Piece("\n" + text.split("\n")[1], 2500))
    tag = id3.tag(
        [
            id3.Frame("USLT", uslt.packed(uslt.Words("kk", "about", text), encoding)),
            id3.Frame("SYLT", sylt.packed(sylt.Timed("kk", "about", pieces), encoding)),
        ]
    )
    read = mutagen.id3.ID3(io.BytesIO(tag), translate=False)
    [words] = read.getall("USLT")
    assert (words.lang, words.desc, words.text) == ("kaz", "about", text)
    [timed] = read.getall("SYLT")
    assert (timed.lang, timed.desc, timed.format, timed.type) == ("kaz", "about", 2, 1)
    assert timed.text == list(pieces)


@pytest.mark.parametrize("version", [3, 4])
@pytest.mark.parametrize("encoding", [1, 2, 3])
def test_what_mutagen_writes_is_read(version, encoding):
    tags = mutagen.id3.ID3()
    tags.add(mutagen.id3.TIT2(encoding=3, text="Терезе"))
    tags.add(
        mutagen.id3.USLT(encoding=encoding, lang="kaz", desc="", text="Терезеде шам\n\n[chorus]\nжанады")
    )
    file = io.BytesIO()
    tags.save(file, v2_version=version)
    form, sheet = guess(file.getvalue(), "song.mp3")
    assert form.key == "uslt"
    assert [(one.kind, one.lines[0].text) for one in sheet.sections] == [
        ("verse", "Терезеде шам"),
        ("chorus", "жанады"),
    ]
    assert sheet.language == "kk"
    timed = [
        ("Те", 1000),
        ("резе ", 1200),
        ("шам", 2000),
        ("", 2500),
        ("\nжа", 3000),
        ("нады", 3300),
        ("\n", 4000),
    ]
    tags.add(mutagen.id3.SYLT(encoding=encoding, lang="kaz", format=2, type=1, desc="", text=timed))
    file = io.BytesIO()
    tags.save(file, v2_version=version)
    form, sheet = guess(file.getvalue(), "song.mp3")
    assert form.key == "sylt"
    assert [line.text for line in sheet.lines] == ["Терезе шам", "жанады"]
    assert [[(w.start, w.end, w.syllables) for w in cues.words] for cues in sheet.cues] == [
        [(1000, 2000, (1000, 1200)), (2000, 2500, (2000,))],
        [(3000, 4000, (3000, 3300))],
    ]


def test_mutagen_reads_our_tag_and_our_comments():
    read = mutagen.id3.ID3(io.BytesIO(lyrics_tag(SONG)))
    assert [frame.text for frame in read.getall("USLT")] == [written("text")]
    [timed] = read.getall("SYLT")
    assert [line.strip() for line in "".join(text for text, _ in timed.text).split("\n")] == WORDS
    starts = [time for text, time in timed.text if text.startswith("\n")]
    assert starts == [start for start, _ in TIMES[1:]]
    comments = mutagen.flac.VCFLACDict(vorbis.write(SONG), framing=False)
    assert comments["lyrics"] == [written("enhanced-lrc")]
    assert comments["unsyncedlyrics"] == [written("text")]
    assert (comments["title"], comments["artist"], comments["language"]) == (
        ["Терезе"],
        ["Мадина Иманқұлов"],
        ["kaz"],
    )


def test_what_mutagen_writes_into_comments_is_read():
    comments = mutagen.flac.VCFLACDict()
    comments["TITLE"] = "Терезе"
    comments["lyrics"] = "Терезеде шам\nжанады"
    comments["SyncedLyrics"] = "[00:01.00]Терезеде шам\n[00:02.00]жанады"
    form, sheet = guess(comments.write(framing=False))
    assert form.key == "vorbis"
    assert sheet.title == "Терезе"
    assert [cues.start for cues in sheet.cues] == [1000, 2000]
    assert guess(b"OpusTags" + comments.write(framing=False))[1] == sheet
    assert guess(b"\x03vorbis" + comments.write(framing=True))[1] == sheet
    comments["unsyncedlyrics"] = comments["syncedlyrics"]
    del comments["syncedlyrics"]
    assert guess(comments.write(framing=False))[1] == sheet
