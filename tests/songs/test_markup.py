"""The markup of the sung lines."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from aqyn.songs.selectors.shown import PageLine, PageWord, Under
from aqyn.songs.templatetags.songs import sung_lines

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1)
LANGUAGES = st.sampled_from(["kk-Cyrl", "ru", 'x"><b>'])
WORDS = st.lists(st.builds(PageWord, TEXT, LANGUAGES), min_size=1, max_size=4).map(tuple)
UNDER = st.none() | st.builds(Under, TEXT, LANGUAGES, st.just("rtl"))
LINES = st.builds(PageLine, st.integers(1, 9), LANGUAGES, st.just("ltr"), WORDS, UNDER, st.none(), st.none())


class Read(HTMLParser):
    """The texts of a piece of HTML, each with the language that it stands in."""

    def __init__(self, text):
        super().__init__()
        self.languages, self.said, self.tags = [""], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.languages.append(dict(attrs).get("lang", self.languages[-1]))

    def handle_endtag(self, tag):
        self.languages.pop()

    def handle_data(self, data):
        self.said += [(word, self.languages[-1]) for word in data.split()]


def test_a_line_is_its_words_each_in_its_language_and_what_stands_beneath():
    line = PageLine(
        7, "kk-Arab", "rtl", (PageWord("море,", "ru"), PageWord("تەڭىز", "kk-Arab")),
        Under("the <sea>", "en", "ltr"), None, None,
    )  # fmt: skip
    assert sung_lines([line]) == (
        '<li class="line" id="line-7" data-line="7"><span class="row main voice" lang="kk-Arab" dir="rtl">'
        '<span lang="ru">море,</span> تەڭىز</span>'
        '<span class="row under" lang="en" dir="ltr">the &lt;sea&gt;</span></li>'
    )


@given(st.lists(LINES, max_size=3))
def test_no_word_ends_the_markup_or_loses_its_language(lines):
    read = Read(sung_lines(lines))
    said = []
    for line in lines:
        said += [(word.text, word.lang) for word in line.words]
        said += [(word, line.under.lang) for word in line.under.text.split()] if line.under else []
    assert read.said == said
    assert {tag for tag, _attrs in read.tags} <= {"li", "span"}
    assert [attrs["id"] for tag, attrs in read.tags if tag == "li"] == [f"line-{line.id}" for line in lines]
