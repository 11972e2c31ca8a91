"""What is wrong with a folder that should become a song."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_noop

from aqyn.ui.refusal import Refusal


class FolderRefused(Refusal):
    """Everything that is wrong with a folder: `faults`, one sentence each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__()
        self.faults = list(faults)

    def __str__(self) -> str:
        return "\n".join(self.faults)


class FolderMissing(Refusal):
    sentence = gettext_noop("“%(folder)s” is not a folder that can be read.")


class FileIsMissing(Refusal):
    sentence = gettext_noop("“%(file)s” is not in the folder.")


class FileIsNoFile(Refusal):
    sentence = gettext_noop("“%(file)s” is a link or something else than an ordinary file.")


class FileTooLarge(Refusal):
    sentence = gettext_noop("“%(file)s” is larger than %(most)s MiB.")


class FileUnreadable(Refusal):
    sentence = gettext_noop("“%(file)s” cannot be read: %(why)s.")


class NameLeavesFolder(Refusal):
    sentence = gettext_noop("“%(file)s” is not the plain name of a file in the folder.")


class BadToml(Refusal):
    sentence = gettext_noop("This is not TOML: %(why)s.")


class BadJson(Refusal):
    sentence = gettext_noop("“%(file)s” is not JSON: %(why)s.")


class BadTimingShape(Refusal):
    sentence = gettext_noop(
        "“%(file)s” does not hold the times of lines; docs/formats.md shows how it looks."
    )


class UnknownKey(Refusal):
    sentence = gettext_noop("The key “%(key)s” is not known; known are %(known)s.")


class WrongType(Refusal):
    sentence = gettext_noop("“%(key)s” does not hold what belongs there; docs/formats.md shows how it looks.")


class BadLine(Refusal):
    sentence = gettext_noop("Line %(line)s of the words is not a text, or has none.")


class MainTwice(Refusal):
    sentence = gettext_noop("Line %(line)s gives “%(tag)s” twice: that is the song's own layer.")


class BadState(Refusal):
    sentence = gettext_noop("The state “%(state)s” is not draft, link or public.")


class ManyAudioFiles(Refusal):
    sentence = gettext_noop("There are several sound files (%(files)s); name them under [[recordings]].")


class SongIsThere(Refusal):
    sentence = gettext_noop("There is already a song “%(slug)s”; say --replace to put this one in its place.")


class SongOfAnother(Refusal):
    sentence = gettext_noop("The song “%(slug)s” belongs to another artist.")


class FolderNotEmpty(Refusal):
    sentence = gettext_noop("“%(folder)s” is there already and is not an empty folder.")
