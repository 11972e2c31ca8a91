import re
import wave
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from aqyn.site import first_run, messages
from aqyn.songs import services as song_services
from aqyn.songs import tasks
from aqyn.songs.selectors.files import ENDINGS

NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)

# Names that are the same in every language, keys of the keyboard, and what a visitor types.
SAME_EVERYWHERE = {
    "Aqyn",
    # Languages to choose from, each by its own name; "Qazaq" is the Latin one up to its ş.
    "English",
    "Русский",
    "Қазақша",
    "Qazaq",
    "Esc",
    "Space",
    "Home",
    "End",
    "Print",
    "HTTPS",
    "HTTP",
    "http",
    "https",
    "SVG",
    # Endings of lyrics files.
    *(ending.upper() for ending in ENDINGS),
    "example",
    # Her song has this name in Russian too.
    "Теңіз",
    "org",
}
SHOWN_ATTRIBUTES = {"aria-label", "aria-description", "alt", "title", "placeholder", "content"}
UNSEEN = {"script", "style", "svg", "code"}
VOID = {"meta", "link", "img", "input", "br", "hr", "source", "wbr", "path", "rect", "use", "stop"}


class Shown(HTMLParser):
    """What a page shows in its own language: text, names for screen readers, words for scripts.

    Runs with a `lang` of their own are left out.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        other = "lang" in told and told["lang"].lower() not in (
            self.language.lower(),
            f"{self.language}-cyrl".lower(),
        )
        hidden = (self.open[-1][1] if self.open else False) or other or tag in UNSEEN
        if not hidden:
            if (
                tag != "meta"
                or told.get("name") == "description"
                or told.get("property") in ("og:title", "og:description")
            ):
                self.texts += [v for k, v in told.items() if k in SHOWN_ATTRIBUTES and v]
            self.texts += [v for k, v in told.items() if k.startswith("data-say") and v]
        if tag not in VOID:
            self.open.append((tag, hidden))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.open and not self.open[-1][1]:
            self.texts.append(data)


def shown(html: str, language: str) -> str:
    parser = Shown(language)
    parser.feed(html)
    return " \n".join(parser.texts)


@pytest.mark.parametrize("locale", messages.WRITTEN)
def test_whatever_the_source_says_the_catalogue_says(locale):
    assert messages.untranslated(locale) == []


@pytest.mark.parametrize("locale", [*messages.WRITTEN, *messages.MADE])
def test_the_compiled_catalogues_are_those_of_the_written_ones(locale):
    catalog = messages.catalogue(locale) if locale in messages.WRITTEN else messages.made(locale)
    compiled = (messages.LOCALE / locale / "LC_MESSAGES" / "django.mo").read_bytes()
    assert compiled == messages.compiled(catalog), "run ./aqyn messages"


def test_placeholders_and_tags_are_left_alone_by_a_change_of_script():
    text = "«%(song)s» әнін <b>тыңдаңыз</b>: https://example.org/ән %%"
    assert messages.in_script(text, "kk-Latn") == "«%(song)s» änın <b>tyñdañyz</b>: https://example.org/ән %%"


def test_what_is_typed_into_a_song_stays_as_it_is_typed_in_every_script():
    text = "Қайырманың үстіне [қайырма] деп жазыңыз: {ru:море}, <code>[chorus] сөз</code>, %%(n)s."
    assert messages.in_script(text, "kk-Latn") == (
        "Qaiyrmanyñ üstıne [қайырма] dep jazyñyz: {ru:море}, <code>[chorus] сөз</code>, %%(n)s."
    )


def test_russian_has_three_plural_forms_and_kazakh_two():
    assert messages.catalogue("ru").num_plurals == 3
    assert messages.catalogue("kk").num_plurals == 2


@pytest.fixture
def house(db, tmp_path):
    """The sample, with one song that can be played, one being prepared, and one without any sound."""
    first_run.install_sample(now=NOW)
    song_services.remove_song(song="jabyq-mektep", now=NOW)
    with wave.open(str(tmp_path / "a.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes([0, 0, 0, 64] * 8000))
    song_services.attach_recording(song="qyzylorda", source=tmp_path / "a.wav", now=NOW)
    while any(job["song"] == "qyzylorda" for job in tasks_open()):
        assert tasks.run_next(now=NOW, stop=lambda: False)


def tasks_open():
    from aqyn.songs import selectors

    return selectors.jobs()


PAGES = [
    "/",
    "/songs/",
    "/songs/qyzylorda/",
    "/songs/teniz-more/",
    "/songs/qyzylorda/en/?under=ru",
    "/artists/madina-imankulov/",
    "/nothing/",
]
FOREIGN = {
    "kk": re.compile(r"[A-Za-z]{3,}"),
    "ru": re.compile(r"[A-Za-z]{3,}|\b\w*[әғқңөұүһіӘҒҚҢӨҰҮҺІ]\w*"),
    "kk-latn": re.compile(r"\w*[А-Яа-яӘәҒғҚқҢңӨөҰұҮүҺһІі]\w*"),
    "kk-arab": re.compile(r"[A-Za-z]{3,}|\w*[А-Яа-яӘәҒғҚқҢңӨөҰұҮүҺһІі]\w*"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", FOREIGN)
def test_no_public_page_shows_an_untranslated_string(client, house, language):
    strangers = {}
    for page in PAGES:
        answer = client.get(f"/{language}{page}")
        assert answer.status_code == (404 if page == "/nothing/" else 200), page
        tag = {"kk-latn": "kk-Latn", "kk-arab": "kk-Arab"}.get(language, language)
        words = set(FOREIGN[language].findall(shown(answer.content.decode(), tag))) - SAME_EVERYWHERE
        if words:
            strangers[page] = sorted(words)
    assert strangers == {}
