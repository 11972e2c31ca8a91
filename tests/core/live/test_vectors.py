"""What the browser is held to is what the house reckons."""

import json

from tests.core.live.vectors import FILE, as_text, vectors


def test_the_vectors_say_what_the_house_says():
    """If this fails and the house is right: PYTHONPATH=src python tests/core/live/vectors.py"""
    assert FILE.read_text("utf-8") == as_text(vectors())


def test_the_vectors_come_by_every_case():
    moments = [moment for song in json.loads(FILE.read_text("utf-8")) for moment in song["moments"]]
    told = [json.loads(moment["message"]) for moment in moments]
    assert {message["s"] for message in told} == {"shut", "wait", "run", "hold", "hand", "over", "end"}
    assert any(moment["where"][3] for moment in moments)
    assert any(moment["where"][2] < 0 and not moment["where"][3] for moment in moments)
    assert any(
        moment["where"][0] != message.get("k", 0) for moment, message in zip(moments, told, strict=True)
    )
