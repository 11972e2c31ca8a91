"""The printed book, read by programs that are not ours: every letter is itself, none is missing."""

import io
import re
import shutil
import subprocess

import pypdf
import pytest
import typst

from aqyn.core.lyrics.model import Chord, LayerText, Line, Section
from aqyn.media import Crashed, Limits, run_child, typesetting
from aqyn.songs.sentences import BookBusy, BookTooLarge, NoArabicFace, NoSongsChosen, SignNotDrawn
from aqyn.songs.songbook import making
from aqyn.songs.songbook.choice import Choice, Over, Paper

pytestmark = pytest.mark.django_db

CYRILLIC = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
LATIN = "aäbcdefgğhıijklmnñoöpqrsştuūüvwxyz"
ARABIC = "اءبپتجچحدرزسشعغفقكگڭلمنهوۇۆۋىيەھئ"
HOSTILE = (
    '#panic() #import "@preview/x:1.0.0": * $ x_1 $ \\u{41} \\ * _a_ `raw` ```x``` '
    '@cite <label> // /* = - + / 1. [b] {{c}} "q" --- ~ https://example.org/#x'
)
needs_arabic = pytest.mark.skipif(
    not set(typesetting.ARABIC_FACES) & set(typst.Fonts().families()),
    reason="no typeface for Arabic letters (apt install fonts-noto-core)",
)
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="no pdftotext (apt install poppler-utils)"
)


def book(*slugs, title="Терезе", first="kk-Cyrl", **more):
    return making.make_book(Choice(title, slugs, first, **more))


def read(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf))


def text(pdf, *arguments):
    """What poppler reads, in the order in which it stands in the file."""
    command = ["pdftotext", "-raw", *arguments, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def boxes(pdf):
    """Where each word begins, from the left, on each page."""
    command = ["pdftotext", "-bbox", "-", "-"]
    said = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    pages = []
    for page in said.split("<page ")[1:]:
        words = re.findall(r'xMin="([\d.]+)".*?>([^<]*)</word>', page)
        pages.append({re.sub("[\u202a-\u202e\u2066-\u2069]", "", word): float(x) for x, word in words})
    return pages


def places(pdf):
    """The page of each word, and how far down on it the word stands."""
    command = ["pdftotext", "-bbox", "-", "-"]
    said = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return {
        word: (number, float(down))
        for number, page in enumerate(said.split("<page "))
        for down, word in re.findall(r'yMin="([\d.]+)".*?>([^<]*)</word>', page)
    }


def glyphs(pdf):
    """Every glyph that is drawn on a page: (face, glyph number), in order."""
    for page in read(pdf).pages:
        face = None
        for operands, operator in page.get_contents().operations:
            if operator == b"Tf":
                face = page["/Resources"]["/Font"][operands[0]]
                assert face["/Encoding"] == "/Identity-H"
            runs = operands if operator == b"Tj" else operands[0] if operator == b"TJ" else ()
            for run in runs:
                if isinstance(run, str | bytes):
                    codes = getattr(run, "original_bytes", run)
                    for at in range(0, len(codes), 2):
                        yield face["/BaseFont"], int.from_bytes(codes[at : at + 2])


def in_all_letters(write):
    lines = [
        Line(" ".join(part), "kk", {"kk-Arab": LayerText(" ".join(ARABIC))})
        for letters in (CYRILLIC, CYRILLIC.upper(), LATIN, LATIN.upper())
        for part in [letters]
    ]
    return write(sections=[Section("verse", tuple(lines))])


@needs_arabic
@needs_poppler
def test_every_letter_of_three_alphabets_comes_out_as_itself(write):
    in_all_letters(write)
    pdf = book("tereze", second="kk-Arab", over=Over.NOTHING)
    found = text(pdf)
    wanted = CYRILLIC + CYRILLIC.upper() + LATIN + LATIN.upper() + ARABIC
    assert [letter for letter in wanted if letter not in found] == []


@needs_arabic
@pytest.mark.parametrize("over", list(Over))
def test_no_glyph_stands_for_a_missing_one(write, over):
    in_all_letters(write)
    chorded = Line("Терезеде жанған шам", "kk", chords=(Chord(0, 0, "F#m7"), Chord(1, 2, "B♭/D")))
    write("chords", sections=[Section("chorus", (chorded,))])
    drawn = list(glyphs(book("tereze", "chords", second="kk-Arab", beneath="kk-Latn", over=over)))
    assert len(drawn) > 400
    assert [face for face, glyph in drawn if glyph == 0] == []
    assert {face.split("+")[1].split("-")[0] for face, _ in drawn} == {"LibertinusSerif", "NotoNaskhArabic"}


@needs_poppler
def test_what_people_write_is_never_read_as_markup(write):
    write(
        title={"kk-Cyrl": HOSTILE[:110]},
        sections=[Section("verse", (Line(HOSTILE.replace("{", "\\{").replace("}", "\\}"), "kk"),), "#[x]")],
        credits=[{"role": "#show: none", "name": "$a$ \\ `b`"}],
    )
    found = "".join(text(book("tereze", title='#set page(fill: red) "x"')).split())
    written = (HOSTILE, '#set page(fill: red) "x"', "#[x]", "#show: none: $a$ \\ `b`")
    assert [one for one in written if "".join(one.split()) not in found] == []


@needs_poppler
def test_a_sign_that_turns_the_reading_order_turns_nothing_beside_it(write):
    write(title={"kk-Cyrl": "\u2067Терезе"})
    placed = boxes(book("tereze", title="\u2067Әндер"))
    contents, foot = placed[1], placed[2]
    assert contents["Терезе"] < contents["2"]
    assert foot["Әндер"] < foot["2"]


def test_a_sign_that_no_face_draws_is_named(write):
    write(sections=[Section("verse", (Line("шам \U000f0000", "kk"),))])
    with pytest.raises(SignNotDrawn) as refused:
        book("tereze")
    assert refused.value.values == {"sign": "\U000f0000"}


def test_without_a_face_for_arabic_the_column_is_refused(write, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(typesetting, "ARABIC_FACES", ("No Such Face",))
    monkeypatch.setenv("RAYON_NUM_THREADS", "1")
    with pytest.raises(typesetting.NoArabicFace):
        typesetting.set_pages(str(making.TEMPLATE), {}, arabic=True)


def test_the_refusal_of_the_child_names_the_package_to_install(write, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise typesetting.NoArabicFace

    monkeypatch.setattr(making, "run_child", refuse)
    write()
    with pytest.raises(NoArabicFace, match="fonts-noto-core"):
        book("tereze")


@pytest.mark.parametrize("limits", [Limits(memory_mib=24), Limits(seconds=0.01)], ids=["memory", "time"])
def test_a_book_that_is_too_much_for_its_limits_is_refused(write, monkeypatch, limits):
    monkeypatch.setattr(making, "LIMITS", limits)
    write(sections=[Section("verse", tuple(Line(f"шам {number}", "kk") for number in range(400)))])
    with pytest.raises(BookTooLarge):
        book("tereze")


def test_the_same_songs_give_the_same_bytes_and_tell_no_time(write):
    write()
    write("other", title={"kk-Cyrl": "Теңіз"})
    first = book("tereze", "other")
    assert first == book("tereze", "other")
    assert first != book("other", "tereze")
    assert not {"/CreationDate", "/ModDate"} & set(read(first).metadata)


def test_the_contents_name_the_page_on_which_a_song_begins(write):
    lines = tuple(Line(f"Терезеде жанған шам {number}", "kk") for number in range(8))
    titles = ["Бірінші", "Екінші", "Үшінші"]
    for number, title in enumerate(titles):
        write(f"s{number}", title={"kk-Cyrl": title}, sections=[Section("verse", lines)] * 1)
    write("long", title={"kk-Cyrl": "Ұзақ"}, sections=[Section("verse", lines, f"{n}") for n in range(9)])
    pdf = read(book("s2", "long", "s0", "s1", paper=Paper.A5))
    marks = {mark.title: pdf.get_destination_page_number(mark) for mark in pdf.outline}
    assert list(marks) == ["Үшінші", "Ұзақ", "Бірінші", "Екінші"]
    contents = pdf.pages[1].extract_text()
    for title, page in marks.items():
        assert title in pdf.pages[page].extract_text()
        # The cover has no number: the page after it is 1.
        assert f"{title}" in contents and str(page) in contents.split()
    assert len(pdf.pages[1]["/Annots"]) >= 4


@pytest.mark.parametrize(
    ("paper", "millimetres"), [("a4", (210, 297)), ("a5", (148, 210)), ("letter", (216, 279))]
)
def test_a_page_is_as_large_as_its_paper(write, paper, millimetres):
    write()
    for page in read(book("tereze", paper=Paper(paper))).pages:
        size = page.mediabox.width, page.mediabox.height
        assert tuple(round(float(side) / 72 * 25.4) for side in size) == millimetres


@needs_poppler
@pytest.mark.parametrize("rest", ["шам", "терезеде жанған шам, теңіз"])
def test_a_stanza_is_kept_whole_and_one_longer_than_a_page_goes_on(write, rest):
    def stanza(name, count):
        return Section("verse", tuple(Line(f"{name}{number} {rest}", "kk") for number in range(count)))

    write(sections=[stanza("а", 12), stanza("ә", 12), stanza("б", 12), stanza("в", 90)])
    pdf = book("tereze", paper=Paper.A5)
    at = places(pdf)
    for name in "аәб":
        assert len({at[f"{name}{number}"][0] for number in range(12)}) == 1
    # One beneath the other, page by page, none below the foot.
    assert (long := [at[f"в{number}"] for number in range(90)]) == sorted(set(long))
    assert max(down for _page, down in long) < 195 / 25.4 * 72


@needs_poppler
def test_a_long_line_wraps_within_its_column(write):
    line = Line("Терезеде жанған шам " * 40 + "соңы", "kk", {"en": LayerText("lamp " * 150 + "end")})
    write(sections=[Section("verse", (line,))])
    pdf = book("tereze", second="en", paper=Paper.A5)
    assert {"соңы", "end"} <= set(text(pdf).split())
    bounds = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    right = [
        float(word.split('xMax="')[1].split('"')[0]) for word in bounds.stdout.decode().split("<word")[1:]
    ]
    assert max(right) < 148 / 25.4 * 72


def test_the_pdf_is_tagged_and_says_its_languages(write):
    write()
    pdf = read(book("tereze", beneath="en"))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.metadata.title == "Терезе" and pdf.metadata.author == "Мадина"
    assert pdf.trailer["/Root"]["/Lang"] == "kk"


def test_songs_that_went_meanwhile_are_left_out(write):
    write()
    assert len(read(book("gone", "tereze", "tereze")).outline) == 1
    with pytest.raises(NoSongsChosen):
        book("gone")


def test_two_books_are_not_set_at_once(write, monkeypatch):
    monkeypatch.setattr(making, "WAIT_S", 0.01)
    write()
    with making._one_at_a_time, pytest.raises(BookBusy):
        book("tereze")
    assert book("tereze").startswith(b"%PDF-")


def test_a_child_that_fails_leaves_nothing_behind(tmp_path):
    with pytest.raises(Crashed):
        run_child(
            "aqyn.media.typesetting:set_pages",
            making.TEMPLATE,
            {"title": None},
            arabic=False,
            scratch=tmp_path,
        )
    assert list(tmp_path.iterdir()) == []
