"""Songs to learn from: voices, band and mixing desk, and of each frame which sound is sung in it.

    python tools/hearing/make.py OUT.npz --songs 120 --seed 1

The same arguments give the same file.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import band
import numpy as np
import sing
from numpy.typing import NDArray
from tongues import LANGUAGES, VARIANTS

from aqyn.core.hearing.chain import NOBODY
from aqyn.core.hearing.features import HERTZ, HOP, listen
from aqyn.core.hearing.network import seen
from aqyn.core.hearing.sounds import SOUNDS, VOWELS

Floats = NDArray[np.float32]
Dice = np.random.Generator

# From a frame's first sample to its middle: half of what `listen` looks at.
_MIDDLE = 256


@dataclass(slots=True)
class Choir:
    """Spoken lines of one language in one throat."""

    language: str
    voice: str
    lines: list[sing.Spoken]


def choir(dice: Dice, lines: int) -> Choir:
    language = str(dice.choice(list(LANGUAGES)))
    voice = str(dice.choice(VARIANTS))
    made = [one for one in (sing.spoken(language, voice, dice) for _ in range(lines)) if one]
    return Choir(language, voice, made)


def song(
    dice: Dice, voices: list[Choir], seconds: float, above: float = 2.0
) -> tuple[Floats, NDArray[np.int8]]:
    """A mixed song (samples, 2) and the class at each of its steps of 5 ms; the voice lies about `above` dB
    over the band."""
    music = band.score(seconds, dice)
    count = int(seconds * HERTZ)
    labels = np.full(int(seconds / sing.STEP) + 1, NOBODY, np.int8)
    dry = np.zeros((2, count), np.float32)
    spans: list[tuple[float, float]] = []
    group = voices[int(dice.integers(len(voices)))]
    cast = [(group, sing.singer(dice, group.voice))]
    if dice.random() < 0.3:
        guest = voices[int(dice.integers(len(voices)))]
        cast.append((guest, sing.singer(dice, guest.voice)))
    crowd = dice.random() < 0.12
    doubled = dice.random() < 0.3
    width = float(dice.uniform(0.2, 1))
    at = float(dice.uniform(0, 12))
    while at < seconds - 3:
        now, who = cast[int(dice.integers(len(cast)))]
        for _ in range(int(dice.integers(1, 7))):
            what = now.lines[int(dice.integers(len(now.lines)))]
            notes, classes, source = sing.sing(what, who, _range(music, who), dice)
            length = len(notes) * sing.STEP
            if at + length > seconds - 0.5:
                at = seconds
                break
            level = float(10 ** (dice.normal(0, 1.5) / 20))
            for pan, gain, late, sound in _takes(
                what, who, now, notes, classes, source, dice, doubled, crowd, width
            ):
                loud = np.sqrt(np.mean(sound**2)) + 1e-6
                _pan(dry, sound * np.float32(gain * level / loud), at + late, pan)
            first = round(at / sing.STEP)
            labels[first : first + len(classes)] = classes
            spans.append((at, at + length))
            at += length + float(np.exp(dice.normal(np.log(0.35), 0.9)))
        at += float(dice.exponential(7.0)) if dice.random() < 0.6 else 0.3
    wet = _produced(dry, dice, voice=True)
    backing = _band(music, dice, spans, group)
    mix = _balanced(wet, backing, spans, dice, above)
    return np.ascontiguousarray(mix.T), labels


def lesson(mix: Floats, classes: NDArray[np.int8]) -> tuple[NDArray[np.float16], NDArray[np.int8]]:
    """What the network sees of a song, (frames, 80), and what it should tell at each frame, (frames,)."""
    heard = seen(listen(mix))
    middle = ((np.arange(len(heard)) * HOP + _MIDDLE) / HERTZ / sing.STEP).astype(int)
    return heard.astype(np.float16), classes[np.minimum(middle, len(classes) - 1)]


def _takes(
    what: sing.Spoken,
    who: sing.Singer,
    group: Choir,
    notes: NDArray[np.float64],
    classes: NDArray[np.int64],
    source: NDArray[np.float64],
    dice: Dice,
    doubled: bool,
    crowd: bool,
    width: float,
) -> list[tuple[float, float, float, Floats]]:
    """One line as recorded: `(pan, gain, delay, sound)` of the lead, her doubles, a harmony, a crowd."""
    takes = [(0.0, 1.0, 0.0, sing.voice(what, who, notes, classes, source, dice))]
    if doubled:
        takes += [
            (
                side * width,
                0.8,
                float(dice.uniform(0, 0.025)),
                sing.voice(what, who, notes, classes, source, dice),
            )
            for side in (-1, 1)
        ]
        takes = takes[1:] if dice.random() < 0.4 else takes
    if dice.random() < 0.12:
        other = notes * 2 ** (dice.choice([3, 4, 7, 12, -5]) / 12)
        sound = sing.voice(what, who, other, classes, source, dice)
        takes.append(
            (float(dice.uniform(-1, 1)), float(dice.uniform(0.3, 0.8)), float(dice.uniform(0, 0.02)), sound)
        )
    if crowd and dice.random() < 0.5:
        for _ in range(3):
            fan = sing.singer(dice, group.voice)
            tones = notes * float(dice.choice([0.5, 1, 1, 2]))
            sound = sing.voice(what, fan, tones, classes, source, dice)
            takes.append(
                (float(dice.uniform(-1, 1)), float(dice.uniform(0.5, 1)), float(dice.uniform(0, 0.04)), sound)
            )
    return takes


def _range(music: band.Score, who: sing.Singer) -> NDArray[np.float64]:
    tones = np.array([music.hz(d) for d in range(len(music.mode) * 5)])
    inside = tones[(tones >= who.low) & (tones <= who.high)]
    return inside if len(inside) > 2 else np.array([who.low, who.low * 1.12, who.low * 1.26])


def _pan(track: Floats, sound: Floats, seconds: float, pan: float) -> None:
    """Constant power, −1 left … 1 right."""
    angle = (pan + 1) * np.pi / 4
    band.put(track[0], sound, seconds, float(np.cos(angle)) * 1.414)
    band.put(track[1], sound, seconds, float(np.sin(angle)) * 1.414)


def _band(music: band.Score, dice: Dice, sung: list[tuple[float, float]], group: Choir) -> Floats:
    """The accompaniment: some instruments, each in some of the bars, panned and filtered."""
    count = int(music.seconds * HERTZ)
    out = np.zeros((2, count), np.float32)
    makers = {
        "pad": lambda: band.chords("pad", music, dice),
        "organ": lambda: band.chords("organ", music, dice),
        "strings": lambda: band.chords("string", music, dice),
        "brass": lambda: band.chords("brass", music, dice),
        "strum": lambda: band.chords("pluck", music, dice),
        "keys": lambda: band.chords("keys", music, dice),
        "pluck": lambda: band.arpeggio("pluck", music, dice),
        "run": lambda: band.arpeggio("keys", music, dice),
        "guitar": lambda: band.guitar(music, dice),
        "bass": lambda: band.bass(music, dice),
    }
    chosen = [
        n
        for n in makers
        if dice.random() < {"bass": 0.75, "guitar": 0.4, "strum": 0.5, "keys": 0.4}.get(n, 0.25)
    ]
    for name in chosen or ["strum"]:
        track = makers[name]() * _arranged(music, dice)
        _place(out, track, dice, middle=0.8 if name == "bass" else 0.3, gain=float(dice.uniform(0.3, 1)))
    if dice.random() < 0.75:
        body, metal = band.drums(music, dice)
        on = _arranged(music, dice, 0.85)
        _place(out, body * on, dice, middle=0.9, gain=float(dice.uniform(0.5, 1.6)))
        _place(out, metal * on, dice, middle=0.3, gain=float(dice.uniform(0.2, 1.2)))
    edges = [0.0, *(t for span in sung for t in span), music.seconds]
    rests = [
        (a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 1.2 and dice.random() < 0.7
    ]
    if dice.random() < 0.65:
        answer = [s for s in sung if dice.random() < 0.12]
        _place(
            out, band.lead(music, dice, rests + answer), dice, middle=0.7, gain=float(dice.uniform(0.5, 1.8))
        )
    if dice.random() < 0.25:
        _place(out, _hums(music, dice, group, rests), dice, middle=0.4, gain=float(dice.uniform(0.3, 1)))
    return _produced(out, dice, voice=False)


def _hums(music: band.Score, dice: Dice, group: Choir, rests: list[tuple[float, float]]) -> Floats:
    """Voices that hold one vowel: somebody, but no words."""
    track = np.zeros(int(music.seconds * HERTZ), np.float32)
    what = group.lines[0]
    who = sing.singer(dice, "f1")
    held = [s for s in what.sounds if s[0] in VOWELS or s[0] == SOUNDS.index("m")]
    if not held:
        return track
    label, first, last, _ = held[int(dice.integers(len(held)))]
    scale = _range(music, who)
    for begin, end in rests:
        for start in np.arange(begin, end - 0.5, music.step * 16):
            frames = max(int(min(music.step * 15, end - start) / sing.STEP), 30)
            middle = np.full(frames, (first + last) / 2) + np.clip(
                np.cumsum(dice.normal(0, 0.3, frames)), -2, 2
            )
            for _ in range(2):
                notes = np.full(frames, scale[int(dice.integers(len(scale)))])
                sound = sing.voice(what, who, notes, np.full(frames, label), middle, dice)
                sound *= np.minimum(
                    1, np.minimum(np.arange(len(sound)), np.arange(len(sound))[::-1]) / 1600
                ).astype(np.float32)
                band.put(track, sound / np.float32(np.abs(sound).max() + 1e-6), float(start))
    return track


def _arranged(music: band.Score, dice: Dice, share: float = 0.7) -> Floats:
    """1 where an instrument plays, 0 where it rests: by groups of two to eight bars."""
    count = int(music.seconds * HERTZ)
    gain = np.ones(count, np.float32)
    if dice.random() < 0.35:
        return gain
    bars = int(dice.choice([2, 4, 4, 8]))
    size = int(bars * 16 * music.step * HERTZ)
    for first in range(0, count, size):
        if dice.random() > share:
            gain[first : first + size] = 0
    return gain


def _place(out: Floats, track: Floats, dice: Dice, *, middle: float, gain: float) -> None:
    """One mono track in the picture: in the middle, to a side, or wide by a delay and a filter of its own."""
    track = track / np.float32(np.sqrt(np.mean(track**2)) + 1e-5) * np.float32(gain)
    draw = dice.random()
    if draw < middle:
        out += track
        return
    if draw < middle + (1 - middle) * 0.6:
        angle = dice.uniform(0, np.pi / 2)
        out[0] += track * np.float32(np.cos(angle) * 1.414)
        out[1] += track * np.float32(np.sin(angle) * 1.414)
        return
    late = int(dice.uniform(0.005, 0.03) * HERTZ)
    out[0] += track
    out[1, late:] += track[:-late]


def _produced(sound: Floats, dice: Dice, *, voice: bool) -> Floats:
    """Equaliser, compressor and room."""
    knobs = dice.normal(0, 0.25 if voice else 0.3, 6)
    low = dice.uniform(60, 180) if voice else dice.uniform(20, 40)

    def curve(f: NDArray[np.floating]) -> NDArray[np.float64]:
        place = np.log1p(f / 200) / np.log1p(8000 / 200)
        waves = sum(k * np.cos(np.pi * (i + 1) * place) for i, k in enumerate(knobs))
        gain: NDArray[np.float64] = np.exp(waves) * (f / (f + low)) ** 2
        return gain

    out = np.stack([band.shaped(side, curve) for side in sound])
    if voice and dice.random() < 0.2:
        peak = np.float32(np.quantile(np.abs(out[:, ::5]), 0.99) + 1e-6)
        out = np.tanh(out / peak * np.float32(10 ** dice.uniform(0, 0.9)))
    if voice and dice.random() < 0.06:
        out = np.stack(
            [
                band.shaped(side, lambda f: (f / 500) ** 2 / (1 + (f / 500) ** 2) / (1 + (f / 3000) ** 4))
                for side in out
            ]
        )
    if dice.random() < 0.7:
        out = _compressed(out, float(dice.uniform(0.2, 0.8)))
    if dice.random() < (0.8 if voice else 0.5):
        out = out + _room(out, dice)
    if voice and dice.random() < 0.2:
        late = int(dice.uniform(0.09, 0.45) * HERTZ)
        echo = np.zeros_like(out)
        echo[:, late:] = out[:, :-late] * np.float32(dice.uniform(0.1, 0.35))
        out = out + echo
    return out


def _compressed(sound: Floats, amount: float) -> Floats:
    """Gain falls as the level over 30 ms rises."""
    block = 160
    count = sound.shape[1] // block * block
    level = np.sqrt((sound[:, :count] ** 2).reshape(2, -1, block).mean((0, 2)) + 1e-9)
    level = np.convolve(level, np.ones(5) / 5, "same")
    middle = np.median(level[level > level.max() * 0.01]) if level.max() > 1e-4 else 1.0
    gain = np.maximum(level / middle, 0.3) ** -amount
    return sound * np.interp(
        np.arange(sound.shape[1]), np.arange(len(gain)) * block + block / 2, gain
    ).astype(np.float32)


def _room(sound: Floats, dice: Dice) -> Floats:
    """Reverberation: noise that dies away, another for each ear."""
    length = float(np.exp(dice.uniform(np.log(0.15), np.log(1.2))))
    at = np.arange(int(length * 1.5 * HERTZ)) / HERTZ
    size = 1 << (sound.shape[1] + len(at)).bit_length()
    out = np.empty_like(sound)
    mono = np.fft.rfft(sound.mean(0), size)
    dull = 1 / (1 + (np.fft.rfftfreq(size, 1 / HERTZ) / dice.uniform(1500, 6000)) ** 2)
    amount = float(10 ** (dice.uniform(-22, -6) / 20))
    before = int(dice.uniform(0, 0.04) * HERTZ)
    for side in range(2):
        noise = np.concatenate([np.zeros(before), dice.standard_normal(len(at)) * np.exp(-at * 5 / length)])
        noise /= np.sqrt((noise**2).sum())
        out[side] = np.fft.irfft(mono * np.fft.rfft(noise, size) * dull, size)[: sound.shape[1]]
    return out * np.float32(amount * 2)


def _balanced(
    voice: Floats, backing: Floats, spans: list[tuple[float, float]], dice: Dice, above: float
) -> Floats:
    """The final mix: voice over band by −8 … +20 dB where she sings, and the master's chain."""
    sung = np.zeros(voice.shape[1], bool)
    for first, last in spans:
        sung[int(first * HERTZ) : int(last * HERTZ)] = True
    if not sung.any():
        sung[:] = True
    ratio = float(np.clip(dice.normal(above, 5), -8, 20))
    loud = np.sqrt(np.mean(voice[:, sung] ** 2)) + 1e-6
    under = np.sqrt(np.mean(backing[:, sung] ** 2)) + 1e-6
    mix: Floats = voice / np.float32(loud) * np.float32(10 ** (ratio / 20)) + backing / np.float32(under)
    if dice.random() < 0.04:
        mix = voice / np.float32(loud)
    if dice.random() < 0.15:
        mix = np.repeat(mix.mean(0, keepdims=True), 2, axis=0)
    elif dice.random() < 0.3:
        side = (mix[0] - mix[1]) * np.float32(dice.uniform(0.1, 1.3) / 2)
        mid = mix.mean(0)
        mix = np.stack([mid + side, mid - side])
    mix = (mix / (np.quantile(np.abs(mix[:, ::7]), 0.995) + 1e-6)).astype(np.float32)
    if dice.random() < 0.6:
        mix = _compressed(mix, float(dice.uniform(0.1, 0.5)))
        mix = np.tanh(mix * np.float32(dice.uniform(0.6, 2))).astype(np.float32)
    if dice.random() < 0.3:
        top = float(dice.uniform(4500, 8000))
        mix = np.stack([band.shaped(side, lambda f: 1 / (1 + (f / top) ** 8)) for side in mix])
    return (
        mix + dice.standard_normal(mix.shape).astype(np.float32) * np.float32(10 ** dice.uniform(-5, -2.5))
    ).astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--songs", type=int, default=120)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--choirs", type=int, default=60)
    parser.add_argument("--lines", type=int, default=10)
    parser.add_argument(
        "--above", type=float, default=2.0, help="voice over band, dB, in the middle of songs"
    )
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    dice = np.random.default_rng(wanted.seed)
    voices = [one for one in (choir(dice, wanted.lines) for _ in range(wanted.choirs)) if len(one.lines) > 3]
    if not voices:
        parser.error("no choir has the four lines that it needs: ask for more lines or choirs")
    heard, labels, ends = [], [], [0]
    for index in range(wanted.songs):
        mix, classes = song(np.random.default_rng((wanted.seed, index)), voices, wanted.seconds, wanted.above)
        features, told = lesson(mix, classes)
        heard.append(features)
        labels.append(told)
        ends.append(ends[-1] + len(told))
    np.savez(wanted.out, features=np.concatenate(heard), labels=np.concatenate(labels), ends=np.array(ends))


if __name__ == "__main__":
    main()
