"""Names that are stored with every line a machine made, and which way each script runs."""

import pytest

from aqyn.core.script import Scheme, UnknownScheme, convert, direction, scheme_of


def test_scheme_names_are_the_ones_that_stored_lines_carry() -> None:
    assert [scheme.value for scheme in Scheme] == [
        "kk-Cyrl",
        "kk-Latn-2021",
        "kk-Latn-bgn1979",
        "kk-Arab-tote",
        "kk-Cyrl-guess-latn",
        "kk-Cyrl-guess-arab",
        "as-written",
    ]


@pytest.mark.parametrize(
    ("scheme", "tag"),
    [
        (Scheme.LATN_2021, "kk-Latn"),
        (Scheme.LATN_BGN, "kk-Latn"),
        (Scheme.ARAB_TOTE, "kk-Arab"),
        (Scheme.CYRL_FROM_ARAB, "kk-Cyrl"),
        (Scheme.AS_WRITTEN, "und"),
    ],
)
def test_each_scheme_has_a_bcp_47_tag(scheme: Scheme, tag: str) -> None:
    assert scheme.tag == tag


def test_tags_stand_for_the_scheme_that_the_house_writes() -> None:
    assert scheme_of("kk-Latn") is Scheme.LATN_2021
    assert scheme_of("kk-Arab") is Scheme.ARAB_TOTE


@pytest.mark.parametrize("name", ["", "kk", "kk-Brai", "as-written", "en"])
def test_an_unknown_script_is_named_in_the_refusal(name: str) -> None:
    with pytest.raises(UnknownScheme, match="Unknown script or scheme"):
        convert("ән", to=name)


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("kk-Arab", "rtl"),
        ("kk-Arab-tote", "rtl"),
        ("kk-Cyrl", "ltr"),
        ("kk-Latn", "ltr"),
        ("ar", "rtl"),
        ("ar-Latn", "ltr"),
        ("ru", "ltr"),
        ("kk", "ltr"),
        ("", "ltr"),
    ],
)
def test_only_right_to_left_scripts_run_so(tag: str, way: str) -> None:
    assert direction(tag) == way
