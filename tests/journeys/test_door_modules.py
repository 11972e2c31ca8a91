"""What the door reckons in the browser, held against the house's own code and against the standards."""

import pytest

from aqyn.core.script import fold

# RFC 8032, section 7.1: tests 1, 2, 3 and "SHA(abc)": key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]
VERIFY = """async ([modules, name, vectors]) => {
  const verify = (await import(modules + 'ed25519.js'))[name];
  const bytes = hex => Uint8Array.from(hex.match(/../g) ?? [], pair => parseInt(pair, 16));
  const told = vectors.map(([key, message, signature]) => [bytes(key), bytes(signature), bytes(message)]);
  return Promise.all(told.map(one => verify(...one)));
}"""
NAMES = [
    "Қызылорда", "Qyzylorda", "Kyzylorda", "قىزىلوردا", "Айгүл Сейітқызы", "Əселя", "Щербакова Ёлка",
    "İSTANBUL", "Ержан-Бек (2)", "O’Neill", "Zhanna", "Жанна", "ﬁnn", "Ñoño Ş", "  many   spaces ",
    "٣ عادىل", "Ыбырай Алтынсарин", "Dschingis", "Iliyas", "ІЛИЯС", "Straße", "Ÿvonne",
]  # fmt: skip
FOLD = """async ([modules, names]) => {
  const { fold } = await import(modules + 'fold.js');
  return names.map(fold);
}"""


@pytest.fixture
def modules(page, server):
    """Where the door's modules lie, on a page of the house."""
    page.goto(server.url + "/en/")
    sheet = page.locator("link[rel=stylesheet]").first.get_attribute("href")
    return sheet.split("/ui/")[0] + "/tickets/door/"


def changed(hexed, at):
    return hexed[:at] + format(int(hexed[at], 16) ^ 1, "x") + hexed[at + 1 :]


@pytest.mark.parametrize("name", ["reckoned", "signed"])
def test_signatures_of_the_standard_are_good_and_changed_ones_are_not(page, modules, name):
    bad = [(key, message, changed(signature, at)) for key, message, signature in VECTORS for at in (3, 70)]
    bad += [(key, message + "00", signature) for key, message, signature in VECTORS]
    bad += [(changed(key, 9), message, signature) for key, message, signature in VECTORS]
    # S of L and more (section 5.1.7), and a point that is none.
    order = (2**252 + 27742317777372353535851937790883648493).to_bytes(32, "little")
    key, message, signature = VECTORS[0]
    more = int.from_bytes(bytes.fromhex(signature[64:]), "little") + int.from_bytes(order, "little")
    bad += [
        (key, message, signature[:64] + more.to_bytes(32, "little").hex()),
        ("ff" * 32, message, signature),
    ]
    assert page.evaluate(VERIFY, [modules, name, VECTORS]) == [True] * len(VECTORS)
    assert page.evaluate(VERIFY, [modules, name, bad]) == [False] * len(bad)


def test_names_are_folded_as_the_house_folds_them(page, modules):
    assert page.evaluate(FOLD, [modules, NAMES]) == [fold(name) for name in NAMES]
