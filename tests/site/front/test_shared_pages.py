"""An answer that was made for one visitor is never handed to the next."""

import pytest
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.cache import patch_vary_headers


def test_a_public_page_is_rendered_once_for_two_visitors(both):
    one, two, calls = both(None)
    assert (one.status, one.body, calls) == (200, b"call 1 of /kk/page/", 1)
    assert (two.status, two.body) == (200, b"call 1 of /kk/page/")
    assert two.headers["cache-control"] == "no-cache"


def test_a_page_that_is_not_marked_is_rendered_each_time(play):
    calls = []

    def view(request):
        calls.append(1)
        return HttpResponse("mine")

    async def scenario(ask):
        return [await ask("/kk/mine/"), await ask("/kk/mine/")]

    answers = play(scenario, [path("kk/mine/", view)])
    assert len(calls) == 2
    assert answers[0].headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    "cookie", ["aqyn=abc", "theme=dark; aqyn=abc", 'aqyn="abc"', "messages=x", "csrftoken=x", " aqyn = abc"]
)
def test_a_request_with_a_session_is_answered_by_its_view_and_leaves_nothing(both, cookie):
    one, two, calls = both(None, {"headers": {"cookie": cookie}})
    assert (one.body, two.body, calls) == (b"call 1 of /kk/page/", b"call 2 of /kk/page/", 2)


def test_two_cookie_headers_hide_no_session(play, counted_view):
    counted = counted_view()

    async def scenario(ask):
        await ask("/kk/page/")
        headers = [(b"host", b"127.0.0.1"), (b"cookie", b"aqyn=abc"), (b"cookie", b"theme=dark")]
        sent = []

        async def send(message):
            sent.append(message)

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        scope = {"type": "http", "asgi": {}, "http_version": "1.1", "method": "GET", "scheme": "http"}
        scope |= {"path": "/kk/page/", "query_string": b"", "root_path": "", "headers": headers}
        scope |= {"client": ("127.0.0.1", "1"), "server": ("127.0.0.1", "8000")}
        await ask.house.app(scope, receive, send)
        return sent[1]["body"]

    assert play(scenario, [path("kk/page/", counted.view)]) == b"call 2 of /kk/page/"


def test_authorization_is_answered_by_the_view(both):
    _one, two, calls = both(None, None, {"headers": {"authorization": "Bearer x"}})
    assert (two.body, calls) == (b"call 2 of /kk/page/", 2)


def set_cookie(request, call):
    response = HttpResponse(f"yours {call}")
    response.set_cookie("taste", str(call))
    return response


def set_cookie_by_hand(request, call):
    return HttpResponse(f"yours {call}", headers={"Set-Cookie": f"taste={call}"})


def vary(request, call):
    response = HttpResponse(f"yours {call}")
    patch_vary_headers(response, ["Cookie"])
    return response


def vary_language(request, call):
    return HttpResponse(
        f"{request.headers.get('Accept-Language')} {call}", headers={"Vary": "Accept-Language"}
    )


def vary_all(request, call):
    return HttpResponse(f"yours {call}", headers={"Vary": "*"})


def touches_session(request, call):
    return HttpResponse(f"yours {call} {request.session.get('x')}")


def touches_user(request, call):
    return HttpResponse(f"yours {call} {request.user.is_authenticated}")


def leaves_message(request, call):
    messages.info(request, "hello")
    return HttpResponse(f"yours {call}")


def csrf(request, call):
    return HttpResponse(f"yours {call} {get_token(request)}")


def nonce(request, call):
    return HttpResponse(f"yours {call} {request.csp_nonce}")


def nonce_in_text(request, call):
    return HttpResponse(f'<p nonce="{call}">yours {call}</p>')


def private(request, call):
    return HttpResponse(f"yours {call}", headers={"Cache-Control": "private"})


def no_store(request, call):
    return HttpResponse(f"yours {call}", headers={"Cache-Control": "no-store"})


def not_found(request, call):
    return HttpResponse(f"yours {call}", status=404)


def sent_on(request, call):
    return HttpResponseRedirect(f"/kk/{call}/")


def streamed(request, call):
    return StreamingHttpResponse(iter([b"yours ", str(call).encode()]))


@pytest.mark.parametrize(
    "make",
    [
        set_cookie,
        set_cookie_by_hand,
        vary,
        vary_language,
        vary_all,
        touches_session,
        touches_user,
        leaves_message,
        csrf,
        nonce,
        nonce_in_text,
        private,
        no_store,
        not_found,
        sent_on,
        streamed,
    ],
    ids=lambda make: make.__name__,
)
def test_an_answer_for_one_visitor_is_never_handed_to_the_next(both, make):
    one, two, _calls = both(make)
    assert (one.body, one.headers.get("set-cookie"), one.headers.get("location")) != (
        two.body,
        two.headers.get("set-cookie"),
        two.headers.get("location"),
    )


def test_an_answer_that_varies_is_made_from_the_askers_own_request(both):
    one, two, _calls = both(
        vary_language, {"headers": {"accept-language": "ru"}}, {"headers": {"accept-language": "kk"}}
    )
    assert (one.body[:2], two.body[:2]) == (b"ru", b"kk")
