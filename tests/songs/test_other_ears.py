"""Another ear than the house's own: how to get it, and what it hears where it is there."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import translation
from tests.songs.conftest import NOON
from tests.songs.test_hearing import address, hear, ids, post, work

from aqyn.media import Limits, backends
from aqyn.media.errors import WordsDoNotFit
from aqyn.songs import services
from aqyn.songs.models import Preparation
from aqyn.songs.sentences import NotHeardYet, ears, media_sentence
from aqyn.songs.services import hearing
from aqyn.songs.services.proposing import cues_on_desk

CHILDREN = Path(__file__).parents[1] / "media" / "children"


@pytest.fixture
def tones(monkeypatch, tmp_path):
    """A small ear of numpy among the others, with its model: it hears tones as letters."""
    monkeypatch.syspath_prepend(str(CHILDREN))
    kind = replace(
        backends.KINDS["mms"], title="Tones", module="aqyn_test_tones", needs=(), limits=Limits(seconds=60)
    )
    monkeypatch.setattr(backends, "KINDS", {**backends.KINDS, "tones": kind})
    model = tmp_path / "model"
    model.write_text("tones")
    backends.bring_model("tones", model)
    yield model
    backends.bring_model("tones", None)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "To listen with MMS, get its model and name the file as “hearing_model” in aqyn.toml"),
        ("ru", "Чтобы слушать через MMS, достаньте его модель и укажите её файл как «hearing_model» в aqyn"),
        ("kk", "MMS арқылы тыңдау үшін оның моделін алып, aqyn.toml ішінде «hearing_model» деп"),
    ],
)
def test_how_to_get_an_ear_that_is_not_there_is_said_in_the_readers_language(language, said):
    with translation.override(language):
        assert ears.ear_sentence("mms").startswith(said)


def test_the_desk_says_how_to_get_an_ear_that_is_not_there(recording, crew):
    page = crew.get(address(recording, "")).content.decode()
    assert ears.ear_sentence("mms") in page
    assert 'name="ear"' not in page


def test_the_desk_says_the_same_of_an_ear_as_the_bench():
    assert ears.LACKS.keys() == backends.LACKS.keys()
    for code, sentence in ears.LACKS.items():
        values = {"title": "MMS", "setting": "hearing_model", "file": "/m.pt", "needs": "torch"}
        assert sentence % values == backends.LACKS[code].format(**values)


def test_an_ear_that_is_there_can_be_chosen_on_the_desk(recording, crew, tones):
    page = crew.get(address(recording, "")).content.decode()
    assert '<input type="checkbox" name="ear" value="tones">' in page
    assert "Listen with Tones this time" in page
    assert 'value="mms"' not in page


def test_an_ear_that_nobody_knows_or_that_is_not_there_is_refused(recording, crew):
    answer = post(crew, address(recording, "hearing"), {"ear": "whisper"})
    assert (answer.status_code, answer.json()["title"]) == (400, "The house knows no ear called “whisper”.")
    answer = post(crew, address(recording, "hearing"), {"ear": "mms"})
    assert (answer.status_code, answer.json()["title"]) == (409, ears.ear_sentence("mms"))
    assert not Preparation.objects.filter(kind="hear").exists()


def test_another_ear_proposes_and_lines_are_heard_again_with_our_own(recording, crew, tones, monkeypatch):
    asked = []

    def listening(name, *given, **told):
        asked.append(name)
        return truly(name, *given, **told)

    truly = hearing.hear_with
    monkeypatch.setattr(hearing, "hear_with", listening)
    assert post(crew, address(recording, "hearing"), {"ear": "tones"}).status_code == 202
    assert Preparation.objects.get(kind="hear").details == {"all": False, "ear": "tones"}
    assert work()
    assert asked == ["tones"]
    job = Preparation.objects.get(kind="hear")
    assert (job.error, job.percent) == ("", 100)
    theirs = cues_on_desk(recording)
    assert theirs.keys() == set(ids())
    told = crew.get(address(recording, "cues")).json()
    assert told == {"lines": theirs, "ear": True}

    a, *_ = ids()
    assert services.hear_lines(recording=recording.pk, cues=theirs, lines=[a]).keys() == {a}
    hear(recording, everything=True)
    assert asked == ["tones"] and cues_on_desk(recording) != theirs


def test_what_our_own_ear_cannot_hear_another_may_and_its_lines_are_not_heard_again(
    recording, crew, tones, monkeypatch
):
    def deaf(*given, **told):
        raise WordsDoNotFit

    monkeypatch.setattr(hearing, "hear", deaf)
    hear(recording, ear="tones")
    assert cues_on_desk(recording).keys() == set(ids())
    assert crew.get(address(recording, "cues")).json()["ear"] is False
    with pytest.raises(NotHeardYet):
        services.hear_lines(recording=recording.pk, cues={}, lines=ids())


def test_an_ear_that_goes_meanwhile_is_missed_in_words(recording, crew, tones):
    services.ask_to_hear(recording=recording.pk, ear="tones", now=NOON)
    tones.unlink()
    assert work()
    told = crew.get(address(recording, "hearing")).json()["hearing"]
    assert (told["state"], told["sentence"]) == ("failed", media_sentence("backend_missing"))
    assert cues_on_desk(recording) == {}
