"""The ornament's SVG: whole, small, the same for the same song, its ids its own."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from aqyn.ui.ornament import ornament

WAVE = [int(digit) * 10 for digit in "11222333445566778899887766554433221122334455667788998877665544332211"]


def ids(svg: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', svg)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(-5, 300), max_size=80), st.sampled_from([1, 2]), st.booleans(), st.integers(0, 359)
)
def test_any_wave_gives_whole_svg_of_a_few_kilobytes(wave, detail, border, hue):
    svg = ornament(wave, detail=detail, border=border, hue=hue)
    ElementTree.fromstring(svg)
    assert "var(" not in svg and "nan" not in svg
    assert len(svg) < 9000


def test_the_same_song_gives_the_same_ornament():
    assert ornament(WAVE) == ornament(list(WAVE))
    assert ornament(WAVE) == ornament(tuple(float(v) for v in WAVE))


def test_another_song_gives_another_ornament():
    assert ornament(WAVE) != ornament([*WAVE[::-1], 3])


def test_ids_begin_with_the_prefix_so_that_several_stand_in_one_page():
    one, other = ornament(WAVE, prefix="o1"), ornament(WAVE, prefix="o2")
    assert ids(one) and not set(ids(one)) & set(ids(other))
    assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', one)) == set(ids(one))


def test_in_a_page_it_takes_the_pages_colours_and_alone_it_brings_its_own():
    assert "var(--felt-figure)" in ornament(WAVE) and "#" not in re.sub(
        r'"#o|url\(#o|#(000|fff)', "", ornament(WAVE)
    )
    alone = ornament(WAVE, hue=205)
    assert "var(" not in alone and 'xmlns="http://www.w3.org/2000/svg"' in alone
    assert alone != ornament(WAVE, hue=206)


def test_small_ones_leave_out_border_and_quilting():
    small = ornament(WAVE, detail=1)
    assert "dasharray" not in small and 'viewBox="-436 -436 872 872"' in small
    assert "dasharray" in ornament(WAVE) and 'viewBox="-500 -500 1000 1000"' in ornament(WAVE)
    assert 'viewBox="-436 -436 872 872"' in ornament(WAVE, border=False)


def test_a_title_is_read_out_and_cannot_break_out():
    assert 'role="img" aria-label="&lt;&quot;&amp;&gt;"' in ornament(WAVE, title='<"&>')
    assert 'aria-hidden="true"' in ornament(WAVE)
