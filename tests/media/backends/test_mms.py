"""MMS by torchaudio: the real loading code, with a tiny network of the same shape made here."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed: the extra “hearing” brings it")
torchaudio = pytest.importorskip(
    "torchaudio", reason="torchaudio is not installed: the extra “hearing” brings it"
)

from aqyn.media import MediaError, backends  # noqa: E402
from aqyn.media.backends.aligning import place_words  # noqa: E402
from aqyn.media.backends.listening import hear_with  # noqa: E402
from aqyn.media.backends.mms import FIRST, HOP, RATE, TOKENS, Mms, NoModel, load  # noqa: E402
from aqyn.media.errors import TooShortForWords, UnknownLanguage  # noqa: E402
from aqyn.media.hearing import SungLine  # noqa: E402

UNUSED = 3


def tiny_network(seed: int = 1):
    """A wav2vec 2.0 with MMS's front and its last layer as the file has it, two layers of 32 in between."""
    torch.manual_seed(seed)
    return torchaudio.models.wav2vec2_model(
        extractor_mode="layer_norm",
        extractor_conv_layer_config=[(16, 10, 5), *[(16, 3, 2)] * 4, *[(16, 2, 2)] * 2],
        extractor_conv_bias=True,
        encoder_embed_dim=32,
        encoder_projection_dropout=0.0,
        encoder_pos_conv_kernel=8,
        encoder_pos_conv_groups=16,
        encoder_num_layers=2,
        encoder_num_heads=16,
        encoder_attention_dropout=0.0,
        encoder_ff_interm_features=48,
        encoder_ff_interm_dropout=0.0,
        encoder_dropout=0.0,
        encoder_layer_norm_first=True,
        encoder_layer_drop=0.0,
        aux_num_out=len(TOKENS) + UNUSED,
    ).eval()


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("mms") / "model.pt"
    torch.save(tiny_network().state_dict(), file)
    return file


def noise(seconds: float) -> np.ndarray:
    return np.random.default_rng(3).normal(0, 0.1, round(seconds * RATE)).astype(np.float32)


def test_its_columns_are_those_of_torchaudios_own_bundle():
    assert torchaudio.pipelines.MMS_FA.get_labels(star=None) == TOKENS
    assert torchaudio.pipelines.MMS_FA.sample_rate == RATE


def test_it_tells_what_the_network_in_the_file_tells(model):
    sound = noise(2.5)[: FIRST + 120 * HOP]
    with torch.inference_mode():
        wave = torch.from_numpy(sound)[None]
        told = tiny_network()(torch.nn.functional.layer_norm(wave, wave.shape))[0][0]
        kept = torch.cat([told[:, :1], told[:, 1 + UNUSED :]], dim=1)
        expected = torch.log_softmax(kept, dim=-1).numpy()
    found = load(model).emissions(sound)
    assert (found.tokens, found.hop_s) == (TOKENS, 0.02)
    np.testing.assert_allclose(found.log_probabilities, expected, atol=1e-5)


def test_weights_under_their_older_names_are_read_too(model, tmp_path):
    weights = torch.load(model, weights_only=True)
    stem = "encoder.transformer.pos_conv_embed.conv."
    for new, old in (("original0", "weight_g"), ("original1", "weight_v")):
        weights[stem + old] = weights.pop(f"{stem}parametrizations.weight.{new}")
    older = tmp_path / "older.pt"
    torch.save(weights, older)
    sound = noise(1)
    theirs, ours = (load(file).emissions(sound).log_probabilities for file in (older, model))
    np.testing.assert_array_equal(theirs, ours)


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.025, 1.0, 24.0, 61.3])
def test_every_20_ms_have_their_frame_however_long_the_sound_is(model, seconds):
    sound = noise(seconds)
    found = load(model).emissions(sound).log_probabilities
    assert found.shape == (max(0, (len(sound) - FIRST) // HOP + 1), len(TOKENS))
    np.testing.assert_allclose(np.exp(found).sum(axis=1), 1, atol=1e-4)


def test_what_is_heard_in_stretches_is_what_is_heard_at_once():
    # A network that looks at each frame alone: where it is cut cannot matter.
    sound = spelt("ab..c" * 60)
    whole = Tones()(torch.from_numpy(sound)[None])[0][0]
    found = Mms(Tones()).emissions(sound).log_probabilities
    assert found.argmax(axis=1).tolist() == whole.argmax(dim=1).tolist()


@pytest.mark.parametrize("content", [b"", b"<!doctype html>", b"PK\x03\x04"])
def test_a_file_that_is_no_model_is_refused(tmp_path, content):
    file = tmp_path / "model.pt"
    file.write_bytes(content)
    with pytest.raises(NoModel, match=r"model\.pt does not hold the MMS model"):
        load(file)


def test_another_model_is_refused(tmp_path):
    file = tmp_path / "other.pt"
    torch.save({"weight": torch.zeros(3)}, file)
    with pytest.raises(NoModel):
        load(file)


def test_a_model_that_would_run_code_is_refused(tmp_path):
    class Deed:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "ran",))

    file = tmp_path / "model.pt"
    torch.save({"aux.weight": Deed()}, file)
    with pytest.raises(NoModel):
        load(file)
    assert not (tmp_path / "ran").exists()


LETTERS = "abcdef"


def spelt(score: str) -> np.ndarray:
    """100 ms a letter as a tone of its own, "." for silence."""
    time = np.arange(RATE // 10) / RATE
    pitches = [0 if each == "." else 500 + 250 * LETTERS.index(each) for each in score]
    return np.concatenate([np.sin(2 * np.pi * pitch * time) for pitch in pitches]).astype(np.float32)


class Tones(torch.nn.Module):
    """Hears a tone as a letter: what training does for MMS."""

    def forward(self, waves):
        frames = waves[0].unfold(0, FIRST, HOP)
        time = torch.arange(FIRST) / RATE
        # However loud the whole is: silence is never quite silent once its mean has been taken away.
        loud = frames.std(dim=1).clamp(min=waves.std() / 10)
        told = torch.zeros(len(frames), len(TOKENS))
        told[:, 0] = 5.0
        for place, letter in enumerate(LETTERS):
            turn = 2 * torch.pi * (500 + 250 * place) * time
            found = torch.hypot(frames @ torch.cos(turn), frames @ torch.sin(turn)) / FIRST
            told[:, TOKENS.index(letter)] = 20 * found / loud
        return told[None], None


def test_words_are_placed_where_a_network_hears_them():
    emissions = Mms(Tones()).emissions(spelt("..ab.c...de.fa."))
    lines = [SungLine("en", ("ab", "c")), SungLine("en", ("De,", "fa"))]
    rows = place_words(emissions, lines, length_ms=1500)
    begun = [word.start_ms for row in rows for word in row]
    assert begun == pytest.approx([200, 500, 900, 1200], abs=20)
    assert min(word.sure for row in rows for word in row) > 80


@pytest.fixture
def brought(model):
    backends.bring_model("mms", model)
    yield
    backends.bring_model("mms", None)


def test_it_listens_in_a_child_process_under_its_limits(brought, tmp_path, make_sound):
    sound = make_sound(tmp_path / "sixteen.wav", noise(30)[None], rate=RATE)
    lines = [SungLine("kk-Cyrl", ("Қызылорда", "сыр")), SungLine("kk-Cyrl", ("су",), start_ms=20_000)]
    ((first, second), (tapped,)) = hear_with("mms", sound, lines).lines
    assert 0 <= first.start_ms < second.start_ms < second.end_ms <= 20_000 == tapped.start_ms


def test_words_that_it_cannot_spell_are_refused(brought, tmp_path, make_sound):
    sound = make_sound(tmp_path / "sixteen.wav", noise(3)[None], rate=RATE)
    with pytest.raises(UnknownLanguage) as refused:
        hear_with("mms", sound, [SungLine("zh", ("歌",))])
    assert refused.value.details == {"language": "zh"}


def test_more_words_than_sound_are_refused(brought, tmp_path, make_sound):
    sound = make_sound(tmp_path / "sixteen.wav", noise(1)[None], rate=RATE)
    with pytest.raises(TooShortForWords) as refused:
        hear_with("mms", sound, [SungLine("ru", ("пароход",) * 20)])
    assert refused.value.details == {"seconds": 1.0, "words": 20}


def test_a_file_that_is_no_model_is_refused_across_the_processes(tmp_path, make_sound):
    file = tmp_path / "model.pt"
    file.write_bytes(b"<!doctype html>")
    backends.bring_model("mms", file)
    sound = make_sound(tmp_path / "sixteen.wav", noise(1)[None], rate=RATE)
    with pytest.raises(MediaError, match="does not hold the MMS model") as refused:
        hear_with("mms", sound, [SungLine("ru", ("пар",))])
    backends.bring_model("mms", None)
    assert refused.value.code == "no_model"
