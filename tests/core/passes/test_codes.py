"""Codes that are signed: what was made is read, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from aqyn.core.passes import base45, serials
from aqyn.core.passes.codes import LETTERS, NoPass, Pass, make, public_key, read, signing_key

KEY = signing_key("a secret of the house", 1)
KEYS = {1: public_key(KEY)}
CODE = make(1, 7, 123_456_789, KEY)


def test_a_code_is_read_as_it_was_made():
    assert read(CODE, KEYS) == Pass(key=1, sale=7, serial=123_456_789)
    assert len(CODE) == LETTERS
    assert set(CODE) <= set(base45.ALPHABET)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(0, 255), st.integers(0, (1 << 32) - 1), st.integers(0, (1 << 50) - 1))
def test_every_number_goes_there_and_back(key, sale, serial):
    assert read(make(key, sale, serial, KEY), {key: KEYS[1]}) == Pass(key, sale, serial)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(0, LETTERS - 1), st.sampled_from(base45.ALPHABET))
def test_no_letter_can_be_another(place, letter):
    changed = CODE[:place] + letter + CODE[place + 1 :]
    assert (read(changed, KEYS) == Pass(1, 7, 123_456_789)) == (changed == CODE)


def test_another_houses_code_is_forged_here():
    other = signing_key("a secret of another house", 1)
    assert read(make(1, 7, 123_456_789, other), KEYS) is NoPass.FORGED


def test_a_key_that_is_not_good_any_more_lets_nobody_in():
    assert read(CODE, {2: KEYS[1]}) is NoPass.UNKNOWN_KEY


@pytest.mark.parametrize(
    "text", ["", "A", "https://example.kz", "12345", CODE[:-1], CODE + "0", "ә" * 116, "0" * 5000]
)
def test_what_is_no_code_is_not_ours(text):
    assert read(text, KEYS) is NoPass.NOT_OURS


def test_signatures_are_those_of_rfc_8032():
    # 7.1, test 2.
    key = SigningKey(bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
    assert public_key(key).hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    signature = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    signature += "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    assert key.sign(b"\x72").signature.hex() == signature


@pytest.mark.parametrize(
    ("data", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"", "")]
)
def test_base_45_is_that_of_rfc_9285(data, text):
    assert base45.encode(data) == text
    assert base45.decode(text) == data


@pytest.mark.parametrize("text", [":::", "GGW", "A", "ABCD", "a00", "::"])
def test_what_is_not_base_45_is_refused(text):
    assert base45.decode(text) is None


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=40))
def test_all_bytes_go_through_base_45(data):
    assert base45.decode(base45.encode(data)) == data


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(0, (1 << 50) - 1))
def test_a_serial_is_read_as_people_type_it(value):
    printed = serials.serial(value)
    assert serials.read_serial(printed) == value
    typed = printed.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert serials.read_serial(typed) == value


@pytest.mark.parametrize("text", ["", "12345", "7KQ4M-2XP9U", "7KQ4M-2XP9A1", "№ 12"])
def test_what_is_no_serial_is_none(text):
    assert serials.read_serial(text) is None
