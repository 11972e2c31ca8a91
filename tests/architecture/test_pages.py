"""Which pages are kept for the next visitor: each one says so, or stands here with its reason."""

import pytest
from django.urls import URLResolver, get_resolver

from aqyn.ui.pages import public_query

NOT_KEPT = {
    "site-plain:first": "negotiates the language",
    "songs:heard": "opens by an unguessable key",
    "songs:heard-layer": "opens by an unguessable key",
    "songs-plain:heard-lyrics": "opens by an unguessable key",
    "songs-plain:heard-lyrics-file": "opens by an unguessable key",
    "songs-plain:heard-ornament": "opens by an unguessable key",
    "stage-plain:door": "negotiates the language",
    "stage-plain:bare-door": "negotiates the language",
    "tickets-plain:door": "opens by an unguessable key",
    "tickets-plain:door-worker": "opens by an unguessable key",
    "tickets-plain:door-manifest": "opens by an unguessable key",
    "tickets-plain:door-tickets": "opens by an unguessable key",
    "tickets-plain:door-scans": "takes what a door tells",
    "tickets-plain:door-stock": "takes what a door asks for",
    "people-plain:sign-in": "takes a form",
    "people-plain:sent": "speaks to whoever asked for a link",
    "people-plain:link": "opens by an unguessable key",
    "people-plain:join": "opens by an unguessable key",
    "people-plain:sign-out": "changes something",
    "tickets:refused": "says why a form was refused, with its status",
    "tickets:hold": "opens by an unguessable key",
    "tickets:give-back": "changes something",
    "tickets:order": "opens by an unguessable key",
    "tickets:advise": "takes a form",
    "tickets:give-up": "changes something",
    "tickets:ticket": "opens by an unguessable key",
    "tickets-plain:pdf": "opens by an unguessable key",
    "tickets-plain:calendar": "opens by an unguessable key",
    "post-plain:leave": "opens by a signed key",
    "people:follow": "takes a form",
    "people:follow-sent": "speaks to whoever asked for letters",
    "people:confirm-follow": "opens by an unguessable key",
    "people-plain:forget-fan": "changes something",
}


def walk(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, pattern.namespace or namespace)
        else:
            yield f"{namespace}:{pattern.name}", pattern.callback


VIEWS = dict(walk(get_resolver().url_patterns))
STUDIO = sorted(name for name in VIEWS if name.split(":")[0].endswith("-studio"))
PUBLIC = sorted(set(VIEWS) - set(STUDIO))


@pytest.mark.parametrize("name", PUBLIC)
def test_a_page_for_everyone_is_kept_or_says_why_not(name):
    assert (public_query(VIEWS[name]) is not None) != (name in NOT_KEPT)


def test_no_reason_outlives_its_page():
    assert set(NOT_KEPT) <= set(PUBLIC)


@pytest.mark.parametrize("name", STUDIO)
def test_no_page_of_the_studio_is_kept(name):
    assert public_query(VIEWS[name]) is None
