import pytest

from aqyn.site.front.answers import names, takes_gzip


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        (b"gzip", True),
        (b"br, gzip;q=0.5", True),
        (b"GZIP", True),
        (b"*", True),
        (b"gzip;q=0", False),
        (b"gzip; q=0.0", False),
        (b"br", False),
        (b"", False),
        (b"x-gzip-not", False),
    ],
)
def test_gzip_is_taken_as_the_header_says(header, taken):
    assert takes_gzip(header) is taken


@pytest.mark.parametrize(
    ("header", "named"),
    [(b'W/"a"', True), (b'"a"', True), (b'"b", W/"a"', True), (b"*", True), (b'"b"', False), (b"a", False)],
)
def test_if_none_match_is_compared_weakly(header, named):
    assert names(header, b'W/"a"') is named
