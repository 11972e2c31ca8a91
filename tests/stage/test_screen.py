"""The big screen's page: the same for every projector, set by its address, kept for the next one."""

import posixpath
import re
from pathlib import Path

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as some

import aqyn
from aqyn.songs.services import CauseFacts
from aqyn.stage import services
from aqyn.stage.models import Entry
from aqyn.stage.poster.codes import code
from aqyn.stage.screen.forms import Screen
from aqyn.stage.screen.settings import KNOWN, NAMES, Settings, read_settings
from aqyn.stage.sentences import BadScreenSetting
from aqyn.stage.services import open_hall
from aqyn.stage.views.screen import MODULES, screen
from aqyn.ui.pages import public_query

SOURCE = Path(aqyn.__file__).parent
PATH = "/kk/live/astana/screen/"
LINK = "https://school.example/roof"
TAGS = some.sampled_from(["kk-Cyrl", "kk-Latn", "kk-Arab", "ru", "en", "zh-Hans-CN"])


@given(
    some.builds(
        Settings,
        main=TAGS,
        under=TAGS | some.just("none"),
        **{name: some.sampled_from(values) for name, values in KNOWN.items()},
    )
)
def test_what_a_query_tells_is_what_was_set(settings):
    assert read_settings(QueryDict(settings.query).dict()) == settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("safe", "11"),
        ("safe", "-1"),
        ("safe", "5.0"),
        ("ground", "pink"),
        ("align", "start"),
        ("at", "top"),
        ("lines", "3"),
        ("main", "<script>"),
        ("main", "none"),
        ("under", "k"),
        ("under", "x" * 300),
    ],
)
def test_a_setting_that_there_is_not_is_refused(name, value):
    with pytest.raises(BadScreenSetting) as refused:
        read_settings({name: value})
    assert refused.value.values["name"] == name


def test_an_empty_value_is_as_usual():
    assert read_settings(dict.fromkeys(NAMES, "")) == Settings()


@pytest.mark.django_db
def test_the_page_bears_what_its_address_says(visitor, setlist):
    answer = visitor.get(PATH, {"main": "kk-Latn", "under": "kk-Arab", "ground": "none", "safe": "0"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'data-main="kk-Latn" data-under="kk-Arab"' in page
    assert 'data-ground="none"' in page and 'data-safe="0"' in page
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.django_db
def test_a_wrong_setting_is_told_in_a_sentence(visitor, setlist):
    answer = visitor.get("/en/live/astana/screen/", {"ground": "<b>"})
    assert answer.status_code == 400
    assert (
        "“ground” of a screen cannot be “&lt;b&gt;”; it can be: stage, none, green."
        in answer.content.decode()
    )


@pytest.mark.django_db
def test_the_page_is_kept_for_each_way_it_is_set(visitor, setlist):
    assert public_query(screen) == tuple(sorted(NAMES))
    answer = visitor.get(PATH)
    assert not answer.cookies and "Cookie" not in answer.get("Vary", "")


@pytest.mark.django_db
def test_a_draft_has_no_screen_but_for_who_holds_the_key_of_its_rehearsal(
    visitor, make_show, person, evening
):
    make_show(announced=False)
    assert visitor.get(PATH).status_code == 404
    rehearsal = open_hall(show="astana", rehearsal=True, actor=person, now=evening)
    answer = visitor.get(PATH, {"rehearsal": rehearsal.key})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert visitor.get(PATH, {"rehearsal": "another"}).status_code == 404


def test_the_browser_is_told_of_every_module_at_once():
    seen, waiting = set(), ["stage/screen/main.js"]
    while waiting:
        here = waiting.pop()
        app = here.split("/")[0]
        text = (SOURCE / app / "static" / here).read_text("utf-8")
        for found in re.findall(r"(?:from|import) '(\.[^']+)'", text):
            module = posixpath.normpath(posixpath.join(posixpath.dirname(here), found))
            if module not in seen:
                seen.add(module)
                waiting.append(module)
    assert seen == set(MODULES)


@pytest.mark.django_db
def test_what_a_song_stands_for_has_a_code_of_its_link(visitor, setlist, write, show):
    write("help", cause=CauseFacts(title={"en": "A school"}, text={"en": "For a roof."}, link=LINK))
    services.add_entry(show="astana", song="help", now=show.created_at)
    entry = Entry.objects.get(song__slug="help")
    services.open_hall(show="astana", rehearsal=False, now=show.created_at)
    answer = visitor.get(f"/live/astana/songs/{entry.pk}/cause.svg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert answer.content.decode() == code(LINK, colour="#000", ground="#fff")["svg"]
    assert visitor.get(f"/live/astana/songs/{setlist[0].pk}/cause.svg").status_code == 404
    assert visitor.get(f"/live/nowhere/songs/{entry.pk}/cause.svg").status_code == 404
    assert visitor.get(f"/live/astana/songs/{setlist[1].pk}/cause.svg").status_code == 404


@pytest.mark.django_db
def test_the_cause_of_a_song_that_nobody_may_read_yet_has_no_code(visitor, setlist, write, show):
    write("help", state="draft", cause=CauseFacts(title={"en": "A school"}, text={"en": "x"}, link=LINK))
    services.add_entry(show="astana", song="help", now=show.created_at)
    entry = Entry.objects.get(song__slug="help")
    services.open_hall(show="astana", rehearsal=False, now=show.created_at)
    assert visitor.get(f"/live/astana/songs/{entry.pk}/cause.svg").status_code == 404


def test_each_script_is_offered_once_and_no_two_layers_have_one_name():
    told = [
        ("kk-Cyrl", "Қазақша", "main"),
        ("kk-Latn", "Qazaqşa", "pronunciation"),
        ("kk", "Қазақша", "translation"),
        ("en", "English", "translation"),
    ]
    layers = [{"tag": tag, "name": name, "dir": "ltr", "kind": kind} for tag, name, kind in told]
    fields = Screen(settings=Settings(), layers=layers).fields
    assert fields["main"].choices == [("kk-Cyrl", "Қазақша"), ("kk-Latn", "Qazaqşa"), ("en", "English")]
    assert [name for _tag, name in fields["under"].choices[1:]] == [
        "Қазақша",
        "Qazaqşa",
        "Қазақша · translation",
        "English",
    ]
