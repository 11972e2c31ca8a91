"""The poster: every letter is itself, every code is read back from the page, and it is always one sheet."""

import io
import re
import shutil
import subprocess
from itertools import pairwise

import pypdf
import pytest
import segno
import typst

from aqyn.media import typesetting
from aqyn.stage.poster.choice import Choice, Size, Wifi
from aqyn.stage.poster.codes import LEVEL, in_ascii, to_type, wifi_text
from aqyn.stage.poster.contents import poster_values
from aqyn.stage.poster.making import make_poster
from aqyn.stage.selectors.poster import PosterFacts
from aqyn.stage.sentences import NoFaceForPoster, SignNotOnPoster
from aqyn.ui.languages import TAGS

CYRILLIC = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
LATIN = "aäbcdefgğhıijklmnñoöpqrsştuūüvwxyz"
ARABIC = "اءبپتجچحدرزسشعغفقكگڭلمنهوۇۆۋىيەھئ"
ADDRESS = "https://madina.example/live/astana"
NETWORK = Wifi('Zal; "1,2": \\hall', "qyzyl;orda:1l0O")
WIDTHS = {Size.A4: 595, Size.A3: 842, Size.CARD: 595}
LAYERS = [("kk-Cyrl", "Қазақша"), ("kk-Latn", "Qazaqşa"), ("kk-Arab", "قازاقشا"), ("en", "English")]
FACTS = PosterFacts(
    slug="astana",
    artist={"kk-Cyrl": "Мадина Иманқұлов"},
    title={"kk-Cyrl": "Көктем кеші", "ru": "Весенний вечер"},
    facts=[{"kk-Cyrl": "2026 жылғы 20 мамыр, сәрсенбі, 19:00"}, {"kk-Cyrl": "Астана"}],
    hue=28,
    wave=[20 + 7 * (i % 11) for i in range(400)],
    layers=[{"tag": tag, "name": name, "kind": "main"} for tag, name in LAYERS],
)
LONG = "Терезедегі шамның жарығы мен теңіздің үні: Қызылордадан Астанаға дейінгі жол, бірге айтылған әндер"

needs_arabic = pytest.mark.skipif(
    not set(typesetting.ARABIC_FACES) & set(typst.Fonts().families()),
    reason="no typeface for Arabic letters (apt install fonts-noto-core)",
)
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="no pdftotext (apt install poppler-utils)"
)


def poster(*, title=None, artist=None, address=ADDRESS, **choice):
    facts = PosterFacts(
        **{name: getattr(FACTS, name) for name in PosterFacts.__dataclass_fields__}
        | ({"title": title} if title else {})
        | ({"artist": artist} if artist else {})
    )
    return make_poster(poster_values(facts, Choice(address, **choice)))


def pages(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf)).pages


def text(pdf):
    command = ["pdftotext", "-raw", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def picture(pdf, dots=200):
    """The first page as rows of grey values."""
    command = ["pdftoppm", "-r", str(dots), "-gray", "-singlefile", "-"]
    said = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", said)
    width, height = int(head[1]), int(head[2])
    body = said[head.end() :]
    return [body[row * width : (row + 1) * width] for row in range(height)]


def codes_seen(rows):
    """The module matrices of every code on the page: found by their three eyes, read module by module."""
    eyes = sorted(set(_eyes(rows)))
    found = []
    for x, y, module in eyes:
        across = [other for other in eyes if abs(other[1] - y) < module and other[0] > x + 10 * module]
        down = [other for other in eyes if abs(other[0] - x) < module and other[1] > y + 10 * module]
        for right in across[:1]:
            for below in down[:1]:
                if abs((right[0] - x) - (below[1] - y)) < module:
                    count = round((right[0] - x) / module) + 7
                    found.append(_read(rows, x, y, (right[0] - x) / (count - 7), count))
    return found


def _eyes(rows):
    """Centres of the 1:1:3:1:1 patterns, and how large a module is there."""
    for y in range(0, len(rows), 3):
        dark = [value < 110 for value in rows[y]]
        edges = [0, *(x for x in range(1, len(dark)) if dark[x] != dark[x - 1]), len(dark)]
        runs = [(start, end - start) for start, end in pairwise(edges)]
        for place in range(len(runs) - 4):
            five = runs[place : place + 5]
            module = sum(size for _, size in five) / 7
            ratios = all(
                abs(size - want * module) < 0.35 * module
                for (_, size), want in zip(five, (1, 1, 3, 1, 1), strict=True)
            )
            if dark[five[0][0]] and module >= 3 and ratios:
                x = five[2][0] + five[2][1] / 2
                top, bottom = _reach(rows, round(x), y, -1), _reach(rows, round(x), y, 1)
                if abs((bottom - top) - 3 * module) < 0.6 * module:
                    yield round(x), round((top + bottom) / 2), round(module, 1)


def _reach(rows, x, y, step):
    while 0 <= y < len(rows) and rows[y][x] < 110:
        y += step
    return y


def _read(rows, x, y, module, count):
    """The matrix with the quiet zone around it, whose upper left eye has its centre here."""
    return [
        [
            rows[round(y + (row - 3) * module)][round(x + (column - 3) * module)] < 110
            for column in range(-4, count + 4)
        ]
        for row in range(-4, count + 4)
    ]


def matrix(said):
    return [[bool(one) for one in row] for row in segno.make_qr(said, error=LEVEL).matrix_iter(border=4)]


@needs_poppler
@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("wifi", [None, NETWORK], ids=["page", "wifi"])
def test_every_code_is_read_back_from_the_printed_page_with_its_quiet_zone(size, wifi):
    seen = codes_seen(picture(poster(size=size, wifi=wifi)))
    wanted = [matrix(ADDRESS)] + ([matrix(wifi_text(wifi.name, wifi.password))] if wifi else [])
    assert [one for one in wanted if one not in seen] == []
    assert [one for one in seen if one not in wanted] == []


@needs_arabic
@needs_poppler
def test_every_letter_of_three_alphabets_comes_out_as_itself():
    halves = [part for letters in (CYRILLIC, LATIN) for part in (letters[:20], letters[20:])]
    title = " ".join([*halves, *map(str.upper, halves)])
    found = text(poster(title={"kk-Cyrl": title}))
    assert [letter for letter in title if letter not in found] == []
    found = text(poster(title={"kk-Arab": " ".join(ARABIC)}, language="kk-arab"))
    assert [letter for letter in ARABIC if letter not in found] == []


@needs_poppler
def test_the_address_and_the_network_can_be_typed_in_by_hand():
    found = text(poster(wifi=NETWORK))
    assert "madina.example/live/astana" in found and "https://" not in found
    assert NETWORK.name in found and NETWORK.password in found
    assert "http://10.0.0.7:8000/live/astana" in text(poster(address="http://10.0.0.7:8000/live/astana"))


@needs_poppler
def test_the_names_of_scripts_and_languages_stand_on_it():
    found = text(poster())
    assert [name for _, name in LAYERS if name.isascii() and name not in found] == []
    assert "Қазақша" in found and "Qazaqşa" in found


@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("language", list(TAGS))
@pytest.mark.parametrize("wifi", [None, NETWORK], ids=["page", "wifi"])
def test_it_is_one_sheet_however_long_the_names_are(size, language, wifi):
    if language == "kk-arab" and needs_arabic.args[0]:
        pytest.skip("no typeface for Arabic letters (apt install fonts-noto-core)")
    address = f"http://192.168.100.120:8000/live/{'a-long-evening-' * 5}end"
    made = pages(poster(title={"kk-Cyrl": LONG}, size=size, language=language, wifi=wifi, address=address))
    assert [round(float(page.mediabox.width)) for page in made] == [WIDTHS[size]]


@needs_poppler
@pytest.mark.parametrize("size", list(Size))
def test_nothing_hangs_over_the_edge(size):
    rows = picture(poster(title={"kk-Cyrl": LONG}, artist={"kk-Cyrl": LONG}, size=size, wifi=NETWORK), 50)
    edge = 8
    half = len(rows) // 2
    assert all(min(row[:edge] + row[-edge:]) > 200 for row in rows[: half - 3] + rows[half + 3 :])
    assert all(min(row) > 200 for row in rows[:edge] + rows[-edge:])


def test_the_same_show_gives_the_same_bytes_and_tells_no_time():
    made = poster()
    assert made == poster()
    assert not {"/CreationDate", "/ModDate"} & set(pypdf.PdfReader(io.BytesIO(made)).metadata)


@needs_poppler
def test_what_people_write_is_never_read_as_markup():
    hostile = "#panic() $x$ *a* `b` @c <d> // e"
    found = text(poster(title={"kk-Cyrl": hostile}, wifi=Wifi('#eval("1")', "$x$ #panic()")))
    assert hostile in " ".join(found.split())
    assert '#eval("1")' in found and "$x$ #panic()" in found


def test_a_sign_that_no_face_draws_is_named():
    with pytest.raises(SignNotOnPoster, match="\U000f0000"):
        poster(title={"kk-Cyrl": "шам \U000f0000"})


def test_without_a_face_for_arabic_the_poster_is_refused_only_where_it_needs_one(monkeypatch, tmp_path):
    values = poster_values(FACTS, Choice(ADDRESS))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(typesetting, "ARABIC_FACES", ("No Such Face",))
    monkeypatch.setenv("RAYON_NUM_THREADS", "1")
    from aqyn.stage.poster.contents import needs_arabic as asks
    from aqyn.stage.poster.making import TEMPLATE

    assert not asks(values)
    typesetting.set_pages(str(TEMPLATE), values, arabic=False)
    found = (tmp_path / typesetting.PAGES).read_bytes()
    assert len(pages(found)) == 1
    values = poster_values(FACTS, Choice(ADDRESS, language="kk-arab"))
    assert asks(values)
    with pytest.raises(typesetting.NoArabicFace):
        typesetting.set_pages(str(TEMPLATE), values, arabic=True)


def test_the_refusal_names_the_package_to_install(monkeypatch):
    from aqyn.stage.poster import making

    def refuse(*_args, **_kwargs):
        raise typesetting.NoArabicFace

    monkeypatch.setattr(making, "run_child", refuse)
    with pytest.raises(NoFaceForPoster, match="fonts-noto-core"):
        poster()


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("Zal", "qyzylorda", "WIFI:T:WPA;S:Zal;P:qyzylorda;;"),
        ("Zal", "", "WIFI:T:nopass;S:Zal;;"),
        ('a\\b;c,d:e"f', "1;2:3", 'WIFI:T:WPA;S:a\\\\b\\;c\\,d\\:e\\"f;P:1\\;2\\:3;;'),
        ("Үй", "", "WIFI:T:nopass;S:Үй;;"),
    ],
)
def test_a_network_is_told_as_cameras_read_it(name, password, said):
    assert wifi_text(name, password) == said


def test_an_address_in_kazakh_letters_is_coded_in_ascii_and_typed_as_it_is():
    assert in_ascii("https://әлем.example/live/x") == "https://xn--80aj4dx6v.example/live/x".replace(
        "xn--80aj4dx6v", "әлем".encode("idna").decode()
    )
    assert to_type("https://әлем.example/live/x") == "әлем.example/live/x"
    assert to_type("http://10.0.0.7/live/x") == "http://10.0.0.7/live/x"
