"""`aqyn bench audio`: processor seconds to prepare a minute of sound, beside FFmpeg's own command line."""

import argparse
import re
import resource
import shutil
import statistics
import subprocess
import tempfile
import wave
from collections.abc import Callable
from pathlib import Path

from aqyn import media

HERTZ = 44_100
TARGET_LUFS, CEILING_DBTP = -14.0, -1.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `aqyn bench audio`."""
    parser.add_argument("--minutes", type=float, default=3.0, help="how much synthetic music (default: 3)")
    parser.add_argument("--file", type=Path, metavar="FILE", help="a recording to prepare instead")
    parser.add_argument("--repeat", type=int, default=3, help="how often; the median counts (default: 3)")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Processor seconds per minute of sound, children and this process together, the median of the runs.

    `ffmpeg_cpu_s_per_min` is null where no ffmpeg is on the PATH. Raises SystemExit with one sentence
    where the file given cannot be prepared.
    """
    ffmpeg = shutil.which("ffmpeg")
    with tempfile.TemporaryDirectory(prefix="aqyn-bench-") as name:
        folder = Path(name)
        source = args.file or write_music(folder / "music.wav", seconds=args.minutes * 60)
        try:
            minutes = media.probe(source).duration_s / 60
            ours, theirs = [], []
            for _ in range(max(1, args.repeat)):
                ours.append(cpu_seconds(lambda: media.prepare(source, folder)) / minutes)
                if ffmpeg:
                    theirs.append(cpu_seconds(lambda: prepare_by_ffmpeg(ffmpeg, source, folder)) / minutes)
        except media.MediaError as error:
            raise SystemExit(f"{source}: {error}") from error
    own = round(statistics.median(ours), 3)
    other = round(statistics.median(theirs), 3) if theirs else None
    return {
        "cpu_s_per_min": own,
        "ffmpeg_cpu_s_per_min": other,
        "ratio": round(own / other, 3) if other else None,
        "minutes": round(minutes, 3),
        "repeat": len(ours),
        "ffmpeg": ffmpeg_version(ffmpeg) if ffmpeg else None,
    }


def cpu_seconds(deed: Callable[[], object]) -> float:
    """User and system seconds that a deed took, in this process and in children that have ended."""
    before = _spent()
    deed()
    return _spent() - before


def _spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def prepare_by_ffmpeg(ffmpeg: str, source: Path, folder: Path) -> None:
    """The same job in two commands: measure by EBU R128 with true peak, then one gain and both encoders.

    It has no waveform, no checks, no hashes: those we do besides.
    """
    common = [ffmpeg, "-hide_banner", "-nostats", "-nostdin", "-threads", "1", "-y", "-i", str(source)]
    meter = "aresample=48000,ebur128=peak=true:framelog=verbose"
    told = subprocess.run(
        [*common, "-map", "0:a", "-af", meter, "-f", "null", "-"], capture_output=True, text=True, check=True
    ).stderr
    loudness = float(re.findall(r"I:\s+(\S+) LUFS", told)[-1])
    peak = float(re.findall(r"Peak:\s+(\S+) dBFS", told)[-1])
    gain = min(TARGET_LUFS - loudness, CEILING_DBTP - peak)
    graph = f"[0:a]aresample=48000,aformat=channel_layouts=stereo,volume={gain:.3f}dB,asplit=2[a][b]"
    opus = ["-map", "[a]", "-c:a", "libopus", "-b:a", "128k", str(folder / "ffmpeg.opus")]
    aac = ["-map", "[b]", "-c:a", "aac", "-aac_coder", "fast", "-b:a", "160k", "-movflags", "+faststart"]
    subprocess.run(
        [*common, "-filter_complex", graph, *opus, *aac, str(folder / "ffmpeg.m4a")],
        capture_output=True,
        check=True,
    )


def ffmpeg_version(ffmpeg: str) -> str:
    """The second word after "ffmpeg" on its first line."""
    first = subprocess.run([ffmpeg, "-version"], capture_output=True, text=True, check=True).stdout
    return first.split()[2]


def write_music(path: Path, *, seconds: float) -> Path:
    """Plucked strings over a breath of noise, the same every time: 16-bit stereo at 44.1 kHz."""
    import numpy as np

    chance = np.random.default_rng(1)
    count = round(seconds * HERTZ)
    sound = chance.normal(0, 0.003, (count, 2))
    note = np.arange(2 * HERTZ) / HERTZ
    for start in range(0, count - len(note), HERTZ // 4):
        pitch = 110 * 2 ** (chance.choice([0, 3, 5, 7, 10, 12, 15, 19, 24]) / 12)
        pluck = sum(
            np.sin(2 * np.pi * pitch * partial * note) * np.exp(-note * (2 + partial)) / partial
            for partial in range(1, 12)
        )
        side = chance.uniform(0.3, 0.7)
        sound[start : start + len(note)] += np.outer(pluck, [side, 1 - side]) * 0.2
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(HERTZ)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return path
