"""Pages that say what went wrong."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from aqyn.ui.errors import error_page

KNOWN = [400, 403, 404, 405, 410, 413, 429, 500, 503]


@pytest.mark.parametrize("status", KNOWN)
def test_every_error_has_a_page_of_its_own_that_nobody_keeps(status):
    answer = error_page(RequestFactory().get("/en/nothing/"), status)
    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")
    assert f">{status}</p>" in page and page.count("<h1>") == 1 and "Traceback" not in page


def test_errors_differ_from_each_other():
    pages = {error_page(RequestFactory().get("/"), status).content for status in KNOWN}
    assert len(pages) == len(KNOWN)


def test_the_sentence_given_is_the_one_shown_and_cannot_break_out():
    answer = error_page(RequestFactory().get("/"), 410, "The hall is <closed>.", headers={"Retry-After": "5"})
    assert "The hall is &lt;closed&gt;." in answer.content.decode() and answer["Retry-After"] == "5"


def test_an_unknown_status_is_told_as_its_kind():
    assert "The house stumbled" in error_page(RequestFactory().get("/"), 507).content.decode()
    assert "could not be understood" in error_page(RequestFactory().get("/"), 418).content.decode()


def test_an_error_needs_no_session_and_no_database():
    # No `db` fixture and no session on the request: touching either would fail.
    with translation.override("kk-arab"):
        page = error_page(RequestFactory().get("/kk-arab/x/"), 500).content.decode()
    assert '<html lang="kk-Arab" dir="rtl"' in page
