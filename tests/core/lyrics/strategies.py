"""Songs and times as hypothesis draws them."""

from hypothesis import strategies as st

from aqyn.core.lyrics.formats.sheet import Sheet
from aqyn.core.lyrics.layers import pieces
from aqyn.core.lyrics.model import SECTION_KINDS, LayerText, Line, Section, Word, marked
from aqyn.core.lyrics.timing import Cue, LineCues

LETTERS = "аәбвгғдеёжзийіклмнңоөпрстуұүфхһцчшщъыьэюяАӘҒҚҢӨҰҮҺІqwertyñşğıabcЩЫ"
PUNCTUATION = ",.!?—«»…'’-(){}\\:;[]<>&\"|*%#@/="
texts = st.text(LETTERS + PUNCTUATION, min_size=1, max_size=9)
words = st.builds(Word, texts, st.sampled_from(["kk", "ru", "en"]))


def cues_of(word: Word, language: str, start: int, draw) -> Cue:
    """A cue for a word with as many syllables as it has."""
    count = len(pieces(word.text, word.language))
    starts = [start]
    for _ in range(count - 1):
        starts.append(starts[-1] + draw(st.integers(0, 400)))
    return Cue(start, starts[-1] + draw(st.integers(0, 900)), tuple(starts))


@st.composite
def sheets(
    draw,
    *,
    word_level: bool,
    languages: bool,
    readings: bool = False,
    overlaps: bool = False,
    step: int = 1,
    untimed: bool = True,
    text=texts,
) -> Sheet:
    """A sheet that a format may be asked to hold; all times are multiples of `step` ms."""
    main = draw(st.sampled_from(["kk-Cyrl", "ru", "en", "kk-Latn"]))
    primary = main.split("-")[0]
    at, sections, cues = draw(st.integers(0, 5000)), [], []
    for _ in range(draw(st.integers(1, 3))):
        lines = []
        for _ in range(draw(st.integers(1, 3))):
            language = draw(st.sampled_from(["kk", "ru", "en"])) if languages else primary
            said = draw(st.lists(text, min_size=1, max_size=4))
            line_words = [
                Word(w, draw(st.sampled_from(["kk", "ru"])) if languages else language) for w in said
            ]
            line = Line(
                marked(line_words, language), language, draw(_readings(main, language)) if readings else {}
            )
            lines.append(line)
            line_cues = None
            kinds = ["line", "words"] if word_level else ["line"]
            kind = draw(st.sampled_from([*kinds, "none"] if untimed else kinds))
            if kind == "words":
                word_cues, start = [], at
                for word in line.words:
                    cue = cues_of(word, language, start, draw)
                    word_cues.append(cue)
                    start = cue.end + draw(st.sampled_from([0, 0, 70]))
                line_cues = LineCues.of(word_cues)
            elif kind == "line":
                line_cues = LineCues(at, at + draw(st.integers(0, 5000)))
            if line_cues:
                line_cues = _stepped(line_cues, step)
                at = (line_cues.start if overlaps else line_cues.end) + draw(st.sampled_from([0, 0, 333]))
                at = -(-at // step) * step
            cues.append(line_cues)
        sections.append(Section(draw(st.sampled_from(SECTION_KINDS)), tuple(lines)))
    if not any(cues):
        cues[-1] = LineCues(at // step * step, at // step * step + 10 * step)
    title = draw(st.sampled_from(["", "Қызылорда", "Теңіз & «море» <2>"]))
    return Sheet(tuple(sections), tuple(cues), main, title, draw(st.sampled_from(["", "Мадина"])))


def _stepped(cues: LineCues, step: int) -> LineCues:
    def near(time: int) -> int:
        return time // step * step

    made = tuple(Cue(near(w.start), near(w.end), tuple(map(near, w.syllables))) for w in cues.words)
    return LineCues(near(cues.start), near(cues.end), made)


@st.composite
def _readings(draw, main: str, line: str) -> dict[str, LayerText]:
    tags = {"kk-Cyrl": ["kk-Latn", "ru", "en", "kk"], "ru": ["en", "ru-Latn"]}.get(main, ["ru"])
    found = {}
    for tag in draw(st.lists(st.sampled_from(tags), unique=True)):
        own = line if "-" in tag else tag
        said = [Word(draw(texts), draw(st.sampled_from([own, "fr"]))) for _ in range(draw(st.integers(1, 3)))]
        found[tag] = LayerText(marked(said, own), "imported")
    return found
