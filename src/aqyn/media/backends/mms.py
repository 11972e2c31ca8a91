"""MMS: Meta's recogniser of 1,130 languages (Pratap et al. 2023), by torchaudio, from a file on this machine.

The model is what `torchaudio.pipelines.MMS_FA` fetches, a state dict of `torchaudio.models.wav2vec2_model`;
here it is read from where the operator put it, and nothing is fetched. Its weights are under CC BY-NC 4.0:
not for sale.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torchaudio.models import wav2vec2_model

from aqyn.media.backends.base import Emissions, Tell
from aqyn.media.errors import MediaError

RATE = 16_000
# The columns of MMS_FA, the blank first, in the order of `bundle.get_labels(star=None)`.
TOKENS = ("-", *"aienoutsrmkldghybpwcvjzf'qx")
# The file's last layer has three columns after the blank that training left unused; torchaudio drops them
# too.
_UNUSED = slice(1, 4)
# Its seven convolutions: kernel and stride of each; together a frame every 320 samples, the first of 400.
_KERNELS = (10, 3, 3, 3, 3, 2, 2)
_STRIDES = (5, 2, 2, 2, 2, 2, 2)
HOP, FIRST = 320, 400
_HEADS = 16
# Attention grows with the square of what is heard at once: half a minute, with some of what is around it.
_STRETCH_S, _AROUND_S = 24.0, 3.0


class NoModel(MediaError):
    """`file`: the file's name."""

    code = "no_model"
    sentence = (
        "The file {file} does not hold the MMS model for alignment; docs/hearing.md says where to get it."
    )


def load(model: Path) -> Mms:
    """The recogniser with its weights from `model`. Raises NoModel where that holds something else."""
    torch.set_num_threads(1)
    try:
        # weights_only: a model file is data; a pickle could run code.
        weights = torch.load(model, map_location="cpu", weights_only=True)
        for name in ("aux.weight", "aux.bias"):
            if len(weights[name]) > len(TOKENS):
                weights[name] = torch.cat([weights[name][: _UNUSED.start], weights[name][_UNUSED.stop :]])
        network = _network_for(weights)
        network.load_state_dict(weights)
    except Exception as error:
        # What torch raises on a foreign file is of many classes, some of them private.
        raise NoModel(file=model.name) from error
    return Mms(network.eval())


def _network_for(weights: dict[str, Any]) -> torch.nn.Module:
    """The network whose sizes are those of the weights: the number of layers and heads alone is not in
    them."""
    encoder = "encoder.transformer"
    width, channels = weights["encoder.feature_projection.projection.weight"].shape
    # A convolution's normalised weight has another name since PyTorch 2; both load.
    names = ("conv.weight_v", "conv.parametrizations.weight.original1")
    position = next(weights[key] for name in names if (key := f"{encoder}.pos_conv_embed.{name}") in weights)
    layers = {key.split(".")[3] for key in weights if key.startswith(f"{encoder}.layers.")}
    network: torch.nn.Module = wav2vec2_model(
        extractor_mode="layer_norm",
        extractor_conv_layer_config=[(channels, *sizes) for sizes in zip(_KERNELS, _STRIDES, strict=True)],
        extractor_conv_bias=True,
        encoder_embed_dim=width,
        encoder_projection_dropout=0.0,
        encoder_pos_conv_kernel=position.shape[2],
        encoder_pos_conv_groups=width // position.shape[1],
        encoder_num_layers=len(layers),
        encoder_num_heads=_HEADS,
        encoder_attention_dropout=0.0,
        encoder_ff_interm_features=len(weights[f"{encoder}.layers.0.feed_forward.intermediate_dense.bias"]),
        encoder_ff_interm_dropout=0.0,
        encoder_dropout=0.0,
        encoder_layer_norm_first=True,
        encoder_layer_drop=0.0,
        aux_num_out=len(TOKENS),
    )
    return network


class Mms:
    """MMS as a `Backend`."""

    rate = RATE

    def __init__(self, network: torch.nn.Module) -> None:
        self._network = network

    def emissions(self, sound: NDArray[np.float32], tell: Tell = lambda share: None) -> Emissions:
        """Frames of 20 ms. The sound is heard in stretches of 24 s, each with 3 s of what is before and after
        it, which are heard and left out: every frame has something around it, and memory stays bounded."""
        frames = max(0, (len(sound) - FIRST) // HOP + 1)
        stretch, around = round(_STRETCH_S * RATE / HOP), round(_AROUND_S * RATE / HOP)
        parts = [np.zeros((0, len(TOKENS)), np.float32)]
        for begin in range(0, frames, stretch):
            end = min(begin + stretch, frames)
            low, high = max(0, begin - around), min(end + around, frames)
            heard = self._heard(sound[low * HOP : (high - 1) * HOP + FIRST])
            parts.append(heard[begin - low : end - low])
            tell(end / frames)
        return Emissions(np.concatenate(parts), TOKENS, HOP / RATE)

    def _heard(self, sound: NDArray[np.float32]) -> NDArray[np.float32]:
        with torch.inference_mode():
            wave = torch.from_numpy(np.ascontiguousarray(sound, np.float32))[None]
            # As the model was trained: every stretch at mean 0 and variance 1.
            told, _ = self._network(torch.nn.functional.layer_norm(wave, wave.shape))
            result: NDArray[np.float32] = torch.log_softmax(told, dim=-1)[0].numpy()
            return result
