"""Whose page sent a form, and in which language it is answered."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from aqyn.site.middleware import LanguageMiddleware, SameOriginMiddleware, language_in_path, negotiated


def sent(**headers):
    request = RequestFactory().post("/studio/", headers={"host": "madina.example", **headers})
    return SameOriginMiddleware(lambda request: HttpResponse("done"))(request).status_code


def test_a_form_of_this_house_is_taken():
    assert sent(**{"sec-fetch-site": "same-origin"}) == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "", "SAME-ORIGIN", "evil"])
def test_a_form_of_another_site_is_refused(site):
    assert sent(**{"sec-fetch-site": site, "origin": "https://evil.example"}) == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://madina.example"}, 200),
        ({"origin": "http://MADINA.example"}, 200),
        ({"referer": "http://madina.example/studio/"}, 200),
        ({"origin": "https://madina.example"}, 403),
        ({"origin": "http://madina.example:8000"}, 403),
        ({"origin": "http://madina.example.evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://evil.example", "referer": "http://madina.example/"}, 403),
        ({"referer": "http://evil.example/http://madina.example/"}, 403),
        ({"origin": "http://[madina"}, 403),
        ({}, 403),
    ],
)
def test_an_old_browser_is_asked_where_the_form_lay(headers, status):
    assert sent(**headers) == status


def test_reading_needs_no_origin():
    request = RequestFactory().get("/", headers={"sec-fetch-site": "cross-site"})
    assert SameOriginMiddleware(lambda request: HttpResponse("done"))(request).status_code == 200


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/kk/", "kk"),
        ("/kk-arab/songs/x/", "kk-arab"),
        ("/ru", "ru"),
        ("/", None),
        ("/studio/kk/", None),
        ("/KK/", None),
    ],
)
def test_the_path_says_the_language(path, language):
    assert language_in_path(path) == language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("kk", "kk"),
        ("kk-KZ,ru;q=0.8", "kk"),
        ("kk-Latn-KZ", "kk-latn"),
        ("kk-CN", "kk-arab"),
        ("kk-Arab", "kk-arab"),
        ("de-DE, ru;q=0.7, en;q=0.8", "en"),
        ("ru;q=0", "en"),
        ("ru;q=nonsense, kk;q=0.1", "kk"),
        ("*", "en"),
        ("de", "en"),
    ],
)
def test_the_browser_is_answered_in_what_it_likes_best(header, language):
    assert negotiated(header) == language


def test_a_page_without_language_in_its_path_says_that_it_varies():
    middleware = LanguageMiddleware(lambda request: HttpResponse())
    bare = middleware(RequestFactory().get("/sign-in/", headers={"accept-language": "ru"}))
    in_path = middleware(RequestFactory().get("/kk/", headers={"accept-language": "ru"}))
    assert (bare["Content-Language"], bare["Vary"]) == ("ru", "Accept-Language")
    assert (in_path["Content-Language"], in_path.get("Vary")) == ("kk", None)
