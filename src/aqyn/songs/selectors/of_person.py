"""What the songs know about a person, for whoever asks for their own data."""

from __future__ import annotations

from typing import Any

from aqyn.songs.models import Upload, Version, WorkingText


def written_by(*, person: Any, **_: Any) -> dict[str, Any]:
    """The versions that they kept, the words they are writing, and their recordings that are on the way.

    A receiver of `people.signals.person_exporting`. An erased person's name goes from all of these.
    """
    versions = Version.objects.filter(person=person).select_related("song").order_by("at", "pk")
    writing = WorkingText.objects.filter(person=person).select_related("song").order_by("at", "pk")
    uploads = Upload.objects.filter(person=person).select_related("song").order_by("created_at", "pk")
    return {
        "desk": {
            "versions": [
                {"song": row.song.slug, "number": row.number, "at": row.at.isoformat()} for row in versions
            ],
            "writing": [{"song": row.song.slug, "at": row.at.isoformat()} for row in writing],
            "uploads": [
                {"song": row.song.slug, "filename": row.filename, "at": row.created_at.isoformat()}
                for row in uploads
            ],
        }
    }
