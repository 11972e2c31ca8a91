"""Trains the network of `aqyn.core.hearing.network` on songs made by `make.py`, and writes its weights.

    python tools/hearing/train.py OUT.npz MADE.npz [MADE.npz …] [--check MADE.npz] [--minutes 10]

Beside OUT.npz lies OUT.pt, from which `--start` goes on. Needs torch, for this only. One thread and fixed
seeds: on one machine the same input gives the same weights when `--rounds` is given instead of a time.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from aqyn.core.hearing.chain import NOBODY
from aqyn.core.hearing.features import BANDS

COLUMNS = NOBODY + 1
CUT, BATCH = 500, 24
"""Frames in one example (10 s), examples in one step."""


class Block(nn.Module):
    """Convolution, batch normalisation, rectifier: what a `network.Layer` does once they are folded."""

    def __init__(self, inputs: int, outputs: int, taps: int, dilation: int) -> None:
        super().__init__()
        self.dilation = dilation
        self.conv = nn.Conv1d(
            inputs, outputs, taps, dilation=dilation, padding=taps // 2 * dilation, bias=False
        )
        self.norm = nn.BatchNorm1d(outputs)

    def forward(self, values: Tensor) -> Tensor:
        return torch.relu(self.norm(self.conv(values)))

    def folded(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Weights (taps, inputs, outputs) and bias with the normalisation inside."""
        gain = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        weights = self.conv.weight * gain[:, None, None]
        bias = self.norm.bias - self.norm.running_mean * gain
        return weights.detach().permute(2, 1, 0).numpy(), bias.detach().numpy()


class Ear(nn.Module):
    """The whole network."""

    def __init__(self, width: int, dilations: tuple[int, ...]) -> None:
        super().__init__()
        self.first = Block(2 * BANDS, width, 5, 1)
        self.middle = nn.ModuleList(Block(width, width, 3, d) for d in dilations)
        self.drop = nn.Dropout1d(0.1)
        self.last = nn.Conv1d(width, COLUMNS, 1)

    def forward(self, values: Tensor) -> Tensor:
        values = self.first(values)
        for block in self.middle:
            values = values + block(values)
        return self.last(self.drop(values))

    def save(self, path: Path, prior: NDArray[np.float32]) -> None:
        held = {}
        layers = [self.first.folded(), *(block.folded() for block in self.middle)]
        layers.append((self.last.weight.detach().permute(2, 1, 0).numpy(), self.last.bias.detach().numpy()))
        for index, (weights, bias) in enumerate(layers):
            held[f"w{index}"] = weights.astype(np.float16)
            held[f"b{index}"] = bias.astype(np.float32)
        dilations = [1, *(block.dilation for block in self.middle), 1]
        np.savez_compressed(path, dilations=np.array(dilations), prior=prior, **held)


class Songs:
    """Made songs, cut and disturbed anew for every step."""

    def __init__(self, paths: list[Path]) -> None:
        held = [np.load(path) for path in paths]
        self.features = np.concatenate([h["features"] for h in held])
        self.labels = np.concatenate([h["labels"] for h in held]).astype(np.int64)

    def batch(self, dice: np.random.Generator) -> tuple[Tensor, Tensor]:
        starts = dice.integers(0, len(self.labels) - CUT, BATCH)
        heard = np.stack([self.features[s : s + CUT] for s in starts]).astype(np.float32)
        labels = np.stack([self.labels[s : s + CUT] for s in starts])
        others = dice.integers(0, len(self.labels) - CUT, BATCH)
        for one, start in zip(heard, others, strict=True):
            if dice.random() < 0.5:
                _accompany(one, self.features[start : start + CUT], self.labels[start : start + CUT], dice)
        return torch.from_numpy(_disturbed(heard, dice)).transpose(1, 2), torch.from_numpy(labels)


def _accompany(
    one: NDArray[np.float32], other: NDArray[np.float16], sung: NDArray[np.int64], dice: np.random.Generator
) -> None:
    """Another song's band laid under this one, where nobody sings in it: features are halved logarithms."""
    under = other.astype(np.float32) + np.float32(dice.uniform(-1.2, 0.2))
    under[sung != NOBODY] = -9
    one[:] = np.logaddexp(2 * one, 2 * under) / 2
    one -= np.float32(0.5) * (one.mean(0) - np.float32(0.1))


def _disturbed(heard: NDArray[np.float32], dice: np.random.Generator) -> NDArray[np.float32]:
    """A smooth equaliser, a shift by a band, holes in time and frequency, noise."""
    place = np.linspace(0, 1, BANDS)
    for one in heard:
        one *= np.float32(dice.uniform(0.85, 1.15))
        curve = sum(dice.normal(0, 0.2) * np.cos(np.pi * k * place) for k in range(6))
        one += np.tile(curve, 2).astype(np.float32)
        if dice.random() < 0.5:
            shift = int(dice.choice([-1, 1]))
            one[:] = np.roll(one.reshape(CUT, 2, BANDS), shift, 2).reshape(CUT, 2 * BANDS)
        for _ in range(2):
            low, size = int(dice.integers(0, BANDS)), int(dice.integers(0, 8))
            one[:, low : low + size] = 0
            one[:, BANDS + low : BANDS + low + size] = 0
        for _ in range(4):
            first, size = int(dice.integers(0, CUT)), int(dice.integers(0, 12))
            one[first : first + size] = 0
        if dice.random() < 0.15:
            one[:, BANDS:] = one[:, :BANDS]
    return heard + dice.standard_normal(heard.shape, np.float32) * np.float32(0.05)


def check(ear: Ear, songs: Songs) -> str:
    """Frames right, and how well the last class tells sung frames from others (area under the curve)."""
    ear.eval()
    with torch.no_grad():
        heard = torch.from_numpy(songs.features.astype(np.float32)).T[None]
        guess = torch.log_softmax(ear(heard), 1)[0].numpy().T
    ear.train()
    sung = songs.labels != NOBODY
    order = np.argsort(np.argsort(-guess[:, NOBODY]))
    area = (order[sung].mean() - (sung.sum() - 1) / 2) / (~sung).sum()
    right = guess.argmax(1) == songs.labels
    best = guess[:, :NOBODY].argmax(1) == songs.labels
    loss = -guess[np.arange(len(guess)), songs.labels].mean()
    return f"loss {loss:.3f} right {right.mean():.3f} class {best[sung].mean():.3f} sung {area:.3f}"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("made", type=Path, nargs="+")
    parser.add_argument("--check", type=Path)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=0, help="steps; 0: as many as the minutes allow")
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--dilations", type=int, nargs="+", default=[1, 2, 4, 8, 16, 32])
    parser.add_argument("--peak", type=float, default=2e-3, help="the highest rate of learning")
    parser.add_argument("--start", type=Path, help="go on from an earlier training's OUT.pt")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(wanted.seed)
    dice = np.random.default_rng(wanted.seed)
    songs = Songs(wanted.made)
    checked = Songs([wanted.check]) if wanted.check else None
    prior = np.log(np.bincount(songs.labels, minlength=COLUMNS) / len(songs.labels) + 1e-4).astype(np.float32)
    ear = Ear(wanted.width, tuple(wanted.dilations))
    if wanted.start:
        ear.load_state_dict(torch.load(wanted.start, weights_only=True))
    count = sum(p.numel() for p in ear.parameters())
    say(f"{count} weights, {len(songs.labels) / 180_000:.2f} hours")
    optimiser = torch.optim.AdamW(ear.parameters(), wanted.peak, weight_decay=0.01)
    began, step, spent = time.monotonic(), 0, 0.0
    while spent < 1:
        for group in optimiser.param_groups:
            group["lr"] = wanted.peak * min(1, (step + 1) / 100) * (0.5 + 0.5 * np.cos(np.pi * spent)) + 1e-5
        heard, labels = songs.batch(dice)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            guess = ear(heard)
        loss = nn.functional.cross_entropy(guess.float(), labels, label_smoothing=0.03)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(ear.parameters(), 2.0)
        optimiser.step()
        step += 1
        spent = step / wanted.rounds if wanted.rounds else (time.monotonic() - began) / 60 / wanted.minutes
        if step % 200 == 0:
            ear.eval()
            ear.save(wanted.out, prior)
            ear.train()
            told = check(ear, checked) if checked else ""
            say(f"{step} {time.monotonic() - began:.0f} s {loss.item():.3f} {told}")
    ear.eval()
    ear.save(wanted.out, prior)
    torch.save(ear.state_dict(), wanted.out.with_suffix(".pt"))
    say(f"{step} steps {check(ear, checked) if checked else ''}")


if __name__ == "__main__":
    main()
