"""A recording's sound, frame by frame, and an honest end: whole, broken off, or damaged."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.error
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.stream import Disposition

from aqyn.media.errors import Damaged, NoSound, NotAudio, TooLong, Truncated, Unsupported, Video
from aqyn.media.inside.claims import ends_inside_a_page, promised_seconds, sounds_in_ogg
from aqyn.media.inside.sniffing import sniff

# As much may be missing or undecodable before a recording counts as broken: encoders' padding and
# a scratched MP3 frame or two are ordinary; half a second of a song is not.
TOLERANCE_S = 0.5
CHANNELS = range(1, 9)
HERTZ = range(8_000, 192_001)
SECONDS = 1200.0

_DEMUXERS = {"wav": "wav", "flac": "flac", "ogg": "ogg", "m4a": "mov", "mp3": "mp3", "aac": "aac"}
_CODECS = {
    "wav": ("pcm_",),
    "flac": ("flac",),
    "ogg": ("vorbis", "opus", "flac"),
    "m4a": ("aac", "alac"),
    "mp3": ("mp3",),
    "aac": ("aac",),
}
# Decoders FFmpeg may open at all, pictures in tags included: none of the others' bugs are ours.
_WHITELIST = (
    "pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s32le,pcm_f32le,pcm_f64le,pcm_alaw,pcm_mulaw,"
    "flac,vorbis,opus,libopus,aac,alac,mp3,mp3float"
)


class Recording:
    """An opened recording: `container`, `codec`, `sample_rate`, `channels`, `frames()`.

    Raises the errors of `sniff`, and NoSound, Video, Unsupported, Damaged. Use as a context manager.
    """

    def __init__(self, path: Path, *, max_seconds: float = SECONDS) -> None:
        self.path = path
        self.max_seconds = max_seconds
        with path.open("rb") as file:
            self.container = sniff(file)
            self._promised = promised_seconds(file, self.container)
            self._cut = self.container == "ogg" and ends_inside_a_page(file)
            if self.container == "ogg" and len(sounds_in_ogg(file)) > 1:
                raise Unsupported(found="several kinds of sound in one OGG")
        try:
            # "file:" and the format given: a name or a content that means a playlist, another
            # file or an address is never followed.
            self._opened = av.open(
                f"file:{path}",
                "r",
                format=_DEMUXERS[self.container],
                container_options={"protocol_whitelist": "file", "codec_whitelist": _WHITELIST},
                metadata_errors="replace",
            )
        except av.error.FFmpegError as error:
            _not_the_files_fault(error)
            raise self._broken() from error
        try:
            self._stream = self._choose()
        except BaseException:
            self._opened.close()
            raise
        self.codec = self._stream.codec_context.codec.canonical_name
        self.sample_rate = self._stream.codec_context.sample_rate
        self.channels = self._stream.codec_context.channels
        self.seconds = 0.0
        # Packets that could not be decoded, and whether the file itself became unreadable.
        self._lost = 0
        self._stopped = False

    def __enter__(self) -> Recording:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    @property
    def metadata(self) -> dict[str, str]:
        """Tags as FFmpeg names them (title, artist, album, …), as they are: not cleaned."""
        return {**self._opened.metadata, **self._stream.metadata}

    @property
    def fraction(self) -> float:
        """How much is decoded, 0 to 1, by the best guess at the length: for progress only."""
        guess = (self._opened.duration or 0) / 1_000_000
        return min(1.0, self.seconds / (self._promised or guess or 180.0))

    def frames(self) -> Iterator[AudioFrame]:
        """Every frame of sound; `seconds` counts along and is the true length at the end.

        Raises TooLong as soon as that is certain, and after the last frame NoSound, Truncated or
        Damaged where the end is not an honest one.
        """
        promised = self._promise()
        if promised is not None and promised > self.max_seconds + TOLERANCE_S:
            raise TooLong(max_seconds=self.max_seconds)
        samples = 0
        kind: tuple[int, str, str] | None = None
        for frame in self._decoded():
            this = (frame.sample_rate, frame.layout.name, frame.format.name)
            if kind is None:
                _check(frame.sample_rate, frame.layout.nb_channels)
                kind, self.sample_rate, self.channels = this, frame.sample_rate, frame.layout.nb_channels
                beat = Fraction(1, self.sample_rate)
            elif this != kind:
                raise Damaged("The recording changes its sample rate, channels or format on the way.")
            # Counted anew from 0: an MP3's first kept sample is stamped 25 ms late, and the
            # encoders would keep the gap.
            frame.pts, frame.time_base = samples, beat
            samples += frame.samples
            if samples > self.max_seconds * self.sample_rate:
                raise TooLong(max_seconds=self.max_seconds)
            self.seconds = samples / self.sample_rate
            yield frame
        if not samples:
            raise self._broken() if self._lost or self._stopped or promised else NoSound()
        self._judge(promised)

    def _decoded(self) -> Iterator[AudioFrame]:
        """Frames as FFmpeg gives them; what it cannot decode is counted in `_lost`, not raised."""
        packets = self._opened.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
            except av.error.FFmpegError as error:
                _not_the_files_fault(error)
                self._stopped = True
                return
            if packet is None:
                return
            frames: list[Any] = []
            try:
                frames = packet.decode()
            except av.error.EOFError:
                continue
            except av.error.FFmpegError as error:
                # Decoders meet nonsense with more error numbers than the documented one.
                _not_the_files_fault(error)
                self._lost += 1
            yield from frames

    def _judge(self, promised: float | None) -> None:
        """Raise if what was decoded is not the whole recording, within the tolerance."""
        lost_s = self._lost * (self._stream.codec_context.frame_size or 1024) / self.sample_rate
        if lost_s > TOLERANCE_S:
            raise Damaged
        if promised is not None and promised - self.seconds > TOLERANCE_S:
            raise Truncated(promised=promised, found=self.seconds)
        if self._cut:
            raise Truncated(
                "The recording breaks off in the middle of a page.",
                promised=promised or self.seconds,
                found=self.seconds,
            )

    def _promise(self) -> float | None:
        if self._promised is not None or self.container not in ("m4a", "ogg"):
            return self._promised
        duration, base = self._stream.duration, self._stream.time_base
        return float(duration * base) if duration and base else None

    def _broken(self) -> Exception:
        """What to call a file that FFmpeg cannot even open."""
        if self.container in ("mp3", "aac"):
            # Their magic is a few bits: by chance any file may have them.
            return NotAudio()
        return Damaged()

    def _choose(self) -> AudioStream:
        for picture in self._opened.streams.video:
            if not picture.disposition & Disposition.attached_pic:
                raise Video
        if not self._opened.streams.audio:
            raise NoSound
        stream = self._opened.streams.audio[0]
        context = stream.codec_context
        name = context.codec.canonical_name if context is not None else "unknown"
        if context is None or not name.startswith(_CODECS[self.container]):
            raise Unsupported(found=f"{name} in {self.container}")
        _check(context.sample_rate, context.channels)
        return stream


def _check(hertz: int, channels: int) -> None:
    """Raise Unsupported outside the rates and channels we take; headers and frames may differ."""
    if channels not in CHANNELS:
        raise Unsupported(found=f"{channels} channels")
    if hertz not in HERTZ:
        raise Unsupported(found=f"{hertz} Hz")


def _not_the_files_fault(error: av.error.FFmpegError) -> None:
    """Raise again what tells of this machine (no memory, a failing disk), not of the recording."""
    if error.errno in (errno.ENOMEM, errno.EIO):
        raise error
