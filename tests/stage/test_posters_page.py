"""The page of posters and screens: what was chosen comes out, and what is wrong is said in a sentence."""

import io

import pypdf
import pytest
from django.test import Client

from aqyn.site.config import Config
from aqyn.stage.poster import addresses
from aqyn.stage.poster.forms import LONGEST_NETWORK

pytestmark = pytest.mark.django_db

PAGE, PDF = "/studio/stage/astana/poster/", "/studio/stage/astana/poster.pdf"


def said(answer):
    return " ".join(answer.content.decode().split())


def words(answer):
    return pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


def test_the_poster_is_had_without_a_word_in_the_artists_language(crew, setlist):
    answer = crew.get(PDF)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == 'inline; filename="astana-a4-kk.pdf"'
    assert answer["Cache-Control"] == "no-store"
    assert "Көктем кеші" in words(answer) and "2026 жылғы 20 мамыр, сәрсенбі, 19:00" in words(answer)


def test_every_choice_comes_out(crew, setlist):
    answer = crew.get(PDF, {"size": "card", "language": "en", "wifi": "Zal", "password": "qyzylorda"})
    assert answer["Content-Disposition"] == 'inline; filename="astana-card-en.pdf"'
    found = words(answer)
    assert found.count("A spring evening") == 2 and found.count("qyzylorda") == 2
    assert "Wednesday, 20 May 2026, 19:00" in found


def test_the_layers_on_it_are_those_of_tonights_songs(crew, setlist, show):
    assert "Qazaqşa" in words(crew.get(PDF)) and "Русский" not in words(crew.get(PDF))


def test_a_show_without_songs_or_a_date_has_its_poster(crew, make_show):
    make_show(starts_at=None, doors_at=None, announced=False)
    assert crew.get(PDF).status_code == 200
    assert crew.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"size": "a9"}, "Select a valid choice"),
        ({"language": "tlh"}, "Select a valid choice"),
        ({"address": "https://elsewhere.example/live/astana"}, "Select a valid choice"),
        ({"wifi": "Ұ" * 17}, f"at most {LONGEST_NETWORK} bytes; this one has 34"),
        ({"wifi": "Zal", "password": "short"}, "has 8 to 63 letters"),
        ({"wifi": "Zal", "password": "құпиясөзім"}, "has 8 to 63 letters"),
        ({"password": "qyzylorda"}, "Name the Wi-Fi network that this password is for."),
        ({"wifi": "a\nb"}, "Write the name of the network on one line"),
    ],
)
def test_a_wrong_choice_is_named_on_the_page(crew, setlist, query, sentence):
    answer = crew.get(PDF, query)
    assert answer.status_code == 400
    assert sentence in said(answer)


@pytest.mark.parametrize("path", [PAGE, PDF])
def test_only_the_crew_comes_in_and_an_unknown_show_is_not_there(crew, visitor, setlist, path):
    assert visitor.get(path).status_code == 302
    assert crew.get(path.replace("astana", "nowhere")).status_code == 404


@pytest.mark.parametrize(
    ("host", "nearby", "listens", "first", "warned"),
    [
        ("127.0.0.1:8000", "192.168.1.20", "0.0.0.0", "http://192.168.1.20:8000/live/astana", ""),
        ("localhost", "192.168.1.20", "0.0.0.0", "http://192.168.1.20/live/astana", ""),
        ("[::1]:8000", None, "::", "http://[::1]:8000/live/astana", "This machine is in no network."),
        (
            "127.0.0.1:8000",
            "192.168.1.20",
            "127.0.0.1",
            "http://127.0.0.1:8000/live/astana",
            "--host 0.0.0.0",
        ),
        ("192.168.1.20:8000", "10.0.0.1", "0.0.0.0", "http://192.168.1.20:8000/live/astana", ""),
    ],
)
def test_asked_at_its_own_machine_the_house_offers_the_address_that_phones_reach(
    crew, setlist, settings, monkeypatch, host, nearby, listens, first, warned
):
    settings.ALLOWED_HOSTS = ["*"]
    settings.CONFIG = Config(data=settings.CONFIG.data, host=listens)
    monkeypatch.setattr(addresses, "address_nearby", lambda: nearby)
    page = said(crew.get(PAGE, headers={"Host": host}))
    assert page.index(f'value="{first}"') == page.index('value="http')
    assert ("note warning" in page) == bool(warned)
    assert warned in page


def test_the_public_address_is_on_the_poster_wherever_the_crew_sits(crew, setlist, settings):
    settings.CONFIG = Config(data=settings.CONFIG.data, public_url="https://madina.example/")
    assert "madina.example/live/astana" in words(crew.get(PDF))
    assert 'value="https://madina.example/kk/live/astana/screen/"' in said(crew.get(PAGE))


def test_a_screen_is_chosen_and_its_address_says_so(crew, setlist):
    query = {"main": "kk-Cyrl", "under": "kk-Arab", "ground": "none", "safe": "3", "lines": "2"}
    page = said(crew.get(PAGE, query))
    address = (
        "http://localhost/kk/live/astana/screen/?main=kk-Cyrl&amp;under=kk-Arab&amp;ground=none&amp;safe=3"
    )
    assert f'value="{address}"' in page
    assert 'lang="kk-Arab" dir="rtl"' in page


def test_a_wrong_setting_of_a_screen_is_named(crew, setlist):
    answer = crew.get(PAGE, {"safe": "99"})
    assert answer.status_code == 400
    assert "“safe” of a screen cannot be “99”" in said(answer)


def test_a_client_that_is_no_browser_is_sent_to_sign_in(db, show):
    assert Client(SERVER_NAME="localhost").get(PDF)["Location"].startswith("/sign-in/")
