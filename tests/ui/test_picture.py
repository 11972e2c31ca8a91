"""The carpet as pixels: a true PNG, the same as its drawing in what can be measured."""

import struct
import zlib

import numpy as np

from aqyn.ui.carpet import lay_out
from aqyn.ui.picture import _carpet, png, share_picture

WAVE = tuple(int(digit) * 11 for digit in "1122334455667788998877665544332211223344556677889988776655443322")


def chunks(file: bytes) -> dict[bytes, bytes]:
    found, at = {}, 8
    while at < len(file):
        length, name = struct.unpack(">I4s", file[at : at + 8])
        data = file[at + 8 : at + 8 + length]
        assert zlib.crc32(name + data) == struct.unpack(">I", file[at + 8 + length : at + 12 + length])[0]
        found[name] = data
        at += 12 + length
    return found


def pixels(file: bytes) -> np.ndarray:
    parts = chunks(file)
    width, height = struct.unpack(">II", parts[b"IHDR"][:8])
    rows = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, 1 + 3 * width)
    assert (rows[:, 0] == 2).all()
    return np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8).reshape(height, width, 3)


def test_pixels_come_back_as_they_were_written():
    drawn = np.random.default_rng(1).integers(0, 256, (5, 7, 3)).astype(np.uint8)
    assert (pixels(png(drawn)) == drawn).all()


def test_the_picture_is_as_large_as_shared_links_want_it():
    picture = share_picture(WAVE, 28)
    assert pixels(picture).shape == (630, 1200, 3) and len(picture) < 400_000


def test_the_carpet_lies_in_the_middle_and_looks_the_same_turned_but_for_the_light():
    felt = pixels(share_picture(WAVE, 28))[48:582, 333:867].astype(int)
    bright = felt[..., 0] > 150
    agree = (bright == np.rot90(bright)).mean()
    assert agree > 0.97


def test_felt_is_light_and_ground_is_dark_where_the_plan_says():
    carpet = lay_out(WAVE)
    felt = _carpet(carpet, 28, 534)
    middle = felt[267, 267]
    on_ring = felt[267, 267 + round(carpet.heart * 0.7 * 534 / 1000)]
    assert on_ring.sum() > 2 * middle.sum()


def test_another_hue_is_another_picture():
    assert share_picture(WAVE, 205) != share_picture(WAVE, 28)
