"""The tags and filters that every template has."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from aqyn.ui import languages
from aqyn.ui.context import house

TITLE = {"kk-Cyrl": "Қызылорда", "ru": "Кызылорда", "en": "Kyzylorda"}


def shown(template: str, code: str = "en", **context) -> str:
    with translation.override(code):
        return Template(template).render(Context(context))


@pytest.mark.parametrize(
    "code, span",
    [
        ("kk", '<span lang="kk-Cyrl" dir="ltr">Қызылорда</span>'),
        ("kk-latn", '<span lang="kk-Latn" dir="ltr">Qyzylorda</span>'),
        ("kk-arab", '<span lang="kk-Arab" dir="rtl">قىزىلوردا</span>'),
        ("ru", '<span lang="ru" dir="ltr">Кызылорда</span>'),
        ("en", '<span lang="en" dir="ltr">Kyzylorda</span>'),
    ],
)
def test_a_text_is_said_in_the_readers_letters_with_its_own_language_and_direction(code, span):
    assert shown("{% said title %}", code, title=TITLE) == span


def test_an_english_reader_gets_kazakh_in_letters_that_she_knows():
    assert shown("{{ title|said_text }} {{ title|said_tag }}", title={"kk": "Көш"}) == "Köş kk-Latn"


def test_a_plain_string_and_nothing_are_said_as_they_are():
    assert shown("{% said text %}|{% said none %}", text="<Aqyn>", none=None) == "&lt;Aqyn&gt;|"


def test_what_is_said_cannot_break_out():
    assert "<b>" not in shown("{% said t %}{% told t %}{{ t|said_text }}", t={"en": "<b>"})


def test_a_longer_text_is_told_in_paragraphs():
    story = {"en": "One.\n\nTwo\nlines.\n\n\n\n"}
    assert shown("{% told s %}", s=story) == '<div lang="en" dir="ltr"><p>One.</p><p>Two\nlines.</p></div>'
    assert shown("{% told s %}", s={}) == ""


@pytest.mark.parametrize(
    "ms, text",
    [(0, "0:00"), (127_400, "2:07"), (59_500, "1:00"), (59_499, "0:59"), (3_725_000, "1:02:05"), (None, "")],
)
def test_a_duration_is_minutes_and_seconds(ms, text):
    assert shown("{{ ms|duration }}", ms=ms) == text


@pytest.mark.parametrize(
    ("amount", "text"), [(12_000_00, "12\u00a0000\u00a0₸"), (9_50, "9.50\u00a0₸"), (0, "0\u00a0₸")]
)
def test_money_is_written_left_to_right_on_one_line(amount, text):
    assert shown("{{ amount|money:'KZT' }}", amount=amount) == f'<bdi dir="ltr">{text}</bdi>'


def test_no_amount_is_nothing():
    assert shown("{{ amount|money:'KZT' }}", amount=None) == ""


def test_carpets_of_one_page_share_no_id_even_across_templates():
    request = RequestFactory().get("/")
    page = Template("{% ornament w %}{% ornament w %}").render(Context({"w": [1, 5, 9], "request": request}))
    page += Template("{% ornament w %}").render(Context({"w": [1, 5, 9], "request": request}))
    found = re.findall(r'\bid="([^"]+)"', page)
    assert len(found) == len(set(found)) == 12


def test_a_carpet_without_a_request_has_ids_of_its_own_too():
    page = shown("{% ornament w %}{% ornament w title=t %}", w=[1, 2], t="Қызылорда")
    found = re.findall(r'\bid="([^"]+)"', page)
    assert len(found) == len(set(found)) == 8 and 'aria-label="Қызылорда"' in page


@pytest.mark.parametrize(
    "share, lit", [(0, 0), (0.001, 1), (0.5, 15), (0.642, 19), (0.999, 29), (1, 30), (7, 30), (-1, 0)]
)
def test_teeth_are_lit_as_far_as_the_share_goes_and_full_only_when_it_is(share, lit):
    svg = shown("{% teeth share %}", share=share)
    dim, bright = re.findall(r' d="([^"]*)"', svg)
    assert (bright.count("M"), dim.count("M")) == (lit, 30 - lit)


def test_a_waveform_has_as_many_bars_as_asked_and_lights_those_that_were_heard():
    svg = shown("{% waveform wave n=40 at=0.25 %}", wave=list(range(100)))
    past, rest = re.findall(r"<g[^>]*>(.*?)</g>", svg)
    assert (past.count("<rect"), rest.count("<rect")) == (10, 30)
    heights = [float(found) for found in re.findall(r'height="([\d.]+)" rx', svg)]
    assert heights == sorted(heights) and heights[-1] == 56


def test_a_waveform_of_nothing_is_drawn_too():
    assert shown("{% waveform wave %}", wave=[]).count("<rect") == 64


class Letter(forms.Form):
    name = forms.CharField(help_text="As on the door.")
    city = forms.CharField(required=False)
    way = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="I am sure")
    key = forms.CharField(widget=forms.HiddenInput, initial="k")


def test_a_field_is_joined_to_its_label_its_help_and_its_errors():
    row = shown("{% field form.name autocomplete='name' %}", form=Letter({"name": ""}))
    assert '<label for="id_name">Name</label>' in row
    assert 'autocomplete="name"' in row and 'aria-invalid="true"' in row
    described = re.search(r'aria-describedby="([^"]+)"', row).group(1).split()
    assert described == ["id_name_helptext", "id_name_error"]
    assert all(f'id="{name}"' in row for name in described)


def test_a_field_that_may_be_left_empty_says_so():
    assert "may be left empty" in shown("{% field form.city %}", form=Letter())
    assert "may be left empty" not in shown("{% field form.name %}", form=Letter())


def test_a_choice_is_a_group_with_a_name_and_a_tick_stands_before_its_label():
    assert "<legend>Way</legend>" in shown("{% field form.way %}", form=Letter())
    assert re.search(
        r'<label class="choice"><input type="checkbox"[^>]*> <span>I am sure',
        shown("{% field form.sure %}", form=Letter()),
    )


def test_a_hidden_field_is_only_itself():
    assert shown("{% field form.key %}", form=Letter()).strip().startswith('<input type="hidden"')


def test_a_page_knows_its_language_and_where_it_stands_in_the_others():
    with translation.override("kk-arab"):
        here = house(RequestFactory().get("/kk-arab/songs/one/?under=ru", SERVER_NAME="localhost"))["house"]
    assert (here.code, here.tag, here.dir) == ("kk-arab", "kk-Arab", "rtl")
    assert here.address == "http://localhost/kk-arab/songs/one/"
    assert [(other.code, other.url) for other in here.languages] == [
        (code, f"/{code}/songs/one/") for code in ("kk", "kk-latn", "kk-arab", "ru", "en")
    ]
    assert [other.code for other in here.languages if other.current] == ["kk-arab"]


def test_a_page_without_a_language_in_its_path_offers_none():
    assert (
        languages.switch("/studio/") == [] and languages.switch("/kkk/") == [] and languages.switch("/") == []
    )
    assert [other.url for other in languages.switch("/kk")][:2] == ["/kk/", "/kk-latn/"]
