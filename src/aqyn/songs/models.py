"""The facts of a song: her words, their layers, her recordings, and what the house made of them."""

from django.db import models
from django.db.models import Q


class Song(models.Model):
    """A song. It is a draft until it has a `Publication`. `title`, `story`: texts by BCP 47 tag.

    `waiting_times`: times that came with its words wait here for a recording, `{"cues", "source"}` as in
    `Timing`, else empty.
    """

    artist = models.ForeignKey("people.Artist", models.PROTECT, related_name="songs")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.JSONField()
    language = models.CharField(max_length=35, default="kk-Cyrl")
    hue = models.PositiveSmallIntegerField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    story = models.JSONField(default=dict)
    themes = models.JSONField(default=list)
    credits = models.JSONField(default=list)
    waiting_times = models.JSONField(default=dict)
    position = models.IntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(hue__isnull=True) | Q(hue__lt=360), name="song_hue_in_circle")
        ]

    def __str__(self) -> str:
        return self.slug


class Publication(models.Model):
    """The song can be heard: by whoever holds the link (`key`), or by anyone."""

    class Reach(models.TextChoices):
        LINK = "link"
        PUBLIC = "public"

    song = models.OneToOneField(Song, models.CASCADE, related_name="publication")
    reach = models.CharField(max_length=6, choices=Reach)
    key = models.CharField(max_length=43, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.song_id} {self.reach}"


class Cause(models.Model):
    """What the song stands for: a card with a partner and a link."""

    song = models.OneToOneField(Song, models.CASCADE, related_name="cause")
    title = models.JSONField()
    text = models.JSONField(default=dict)
    partner = models.CharField(max_length=200, blank=True, default="")
    link = models.URLField(max_length=500, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.song_id} {self.partner}"


class Section(models.Model):
    """A verse, a chorus …; `name` is the author's own heading."""

    song = models.ForeignKey(Song, models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, default="verse")
    name = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.song_id} {self.position} {self.kind}"


class Line(models.Model):
    """A sung line; its words are its main `LineText`. `language` is a primary subtag ("kk", "ru").

    `chords`: one `[word, letter, name]` each, as in `core.lyrics.model.Chord`.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    language = models.CharField(max_length=35)
    chords = models.JSONField(default=list)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.section_id} {self.position}"


class LineText(models.Model):
    """One reading of a line. What the author `written` is never overwritten by what the house `made`."""

    class Kind(models.TextChoices):
        MAIN = "main"
        PRONUNCIATION = "pronunciation"
        TRANSLATION = "translation"

    class Origin(models.TextChoices):
        WRITTEN = "written"
        MADE = "made"
        IMPORTED = "imported"

    line = models.ForeignKey(Line, models.CASCADE, related_name="texts")
    tag = models.CharField(max_length=35)
    kind = models.CharField(max_length=13, choices=Kind)
    text = models.TextField()
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.WRITTEN)
    scheme = models.CharField(max_length=40, blank=True, default="")
    guessed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "tag"], name="one_text_a_layer"),
            models.UniqueConstraint(fields=["line"], condition=Q(kind="main"), name="one_main_text_a_line"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.tag}"


class Version(models.Model):
    """The words as they were kept at a time, as text (`core.lyrics.pasted`). Numbers count up from 1."""

    song = models.ForeignKey(Song, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["song", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.song_id} {self.number}"


class WorkingText(models.Model):
    """The words as they are being written, kept at every pause; gone once they are kept as a `Version`."""

    song = models.OneToOneField(Song, models.CASCADE, related_name="working_text")
    text = models.TextField()
    at = models.DateTimeField()
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.song_id} {self.at}"


class Upload(models.Model):
    """A recording on its way, in pieces. What has arrived lies in data/media/.uploads under `key`.

    `replaces`: the recording whose place, and whose times, it is to take.
    """

    song = models.ForeignKey(Song, models.CASCADE, related_name="uploads")
    key = models.CharField(max_length=43, unique=True)
    filename = models.CharField(max_length=255)
    bytes = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=120, blank=True, default="")
    replaces = models.ForeignKey("Recording", models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.song_id} {self.filename}"


class Recording(models.Model):
    """A recording as it came. `file` is its name under data/media: `ab/abc….wav`, by its SHA-256.

    It can be heard once it has `Encoding`s; until then it is being prepared. `peaks`: 0–99, 400 of them.
    """

    class Kind(models.TextChoices):
        STUDIO = "studio"
        DEMO = "demo"
        LIVE = "live"
        INSTRUMENTAL = "instrumental"

    song = models.ForeignKey(Song, models.CASCADE, related_name="recordings")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.STUDIO)
    name = models.CharField(max_length=120, blank=True, default="")
    file = models.CharField(max_length=80)
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    bytes = models.PositiveBigIntegerField()
    container = models.CharField(max_length=40)
    duration_ms = models.PositiveIntegerField()
    loudness = models.JSONField(default=dict)
    peaks = models.JSONField(default=list)
    created_at = models.DateTimeField()
    preferred = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["song"], condition=Q(preferred=True), name="one_preferred_recording_a_song"
            ),
            models.UniqueConstraint(fields=["song", "sha256"], name="one_recording_a_sound"),
        ]

    def __str__(self) -> str:
        return f"{self.song_id} {self.kind} {self.sha256[:8]}"


class Encoding(models.Model):
    """What a browser plays; `file` as in `Recording`."""

    class Format(models.TextChoices):
        OPUS = "opus"
        AAC = "aac"

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="encodings")
    format = models.CharField(max_length=4, choices=Format)
    file = models.CharField(max_length=80, db_index=True)
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recording", "format"], name="one_encoding_a_format")]

    def __str__(self) -> str:
        return self.file


class Waveform(models.Model):
    """How loud a recording sounds at each hundredth of a second, one byte each, the loudest being 255."""

    recording = models.OneToOneField(Recording, models.CASCADE, related_name="waveform")
    levels = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.recording_id} {len(self.levels)}"


class Timing(models.Model):
    """When each word of the main layer is sung in this recording; every other layer shares it.

    `cues`: line id (as text) → the line's times as `core.lyrics.timing.to_json` tells them: one
    `[start, end, [syllable starts], origin, sure]` per word, or `[start, end, origin, sure]` for a line whose
    words are not timed; whole milliseconds. `taken`: where the times were taken over from another recording,
    `{"name", "shift_ms", "sure", "left_out"}`, else empty; `left_out` lines lay outside this one.
    """

    recording = models.OneToOneField(Recording, models.CASCADE, related_name="timing")
    cues = models.JSONField(default=dict)
    source = models.CharField(max_length=40, blank=True, default="")
    taken = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.recording_id} {self.source}"


class Hearing(models.Model):
    """What the house heard of a recording, and proposes until somebody approves it.

    `cues` as in `Timing`, of the lines that hold a proposed time; they stand before those of `Timing`, which
    never holds one. `ear`: its name under data/media, as in `Recording`; what was heard of the sound.
    """

    recording = models.OneToOneField(Recording, models.CASCADE, related_name="hearing")
    cues = models.JSONField(default=dict)
    ear = models.CharField(max_length=80, blank=True, default="", db_index=True)
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.recording_id} {len(self.cues)}"


class Voice(models.Model):
    """What the approved times of a recording taught of its singer's voice; its artist is the song's.

    `learnt` as `media.learn` tells it: sums, from which neither words nor sound can be got back. `words`: of
    how many.
    """

    recording = models.OneToOneField(Recording, models.CASCADE, related_name="voice")
    learnt = models.JSONField()
    words = models.PositiveIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.recording_id} {self.words}"


class Preparation(models.Model):
    """Work on a recording: a job under a lease, with its attempts and its progress. It is made fit for
    browsers (`kind` "recording"), compared ("compare"), heard ("hear"), or learnt from ("learn").

    Its state is told by facts: `finished_at` with no `error` is done; `error` is a `MediaError` code.
    `source`: another recording of the song, for a job about two: "compare" takes its times over. A lease that
    nobody holds yet is a time to wait for.
    """

    BESIDE = ("compare", "hear", "learn")
    """Kinds of work that a recording is played beside: where it fails, the recording stays."""

    song = models.ForeignKey(Song, models.CASCADE, related_name="preparations")
    recording = models.ForeignKey(Recording, models.SET_NULL, null=True, related_name="preparations")
    source = models.ForeignKey(Recording, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=20, default="recording")
    name = models.CharField(max_length=255, blank=True, default="")
    asked_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=20, blank=True, default="")
    percent = models.PositiveSmallIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=40, blank=True, default="")
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["leased_until", "id"], condition=Q(finished_at__isnull=True), name="preparation_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.song_id} {self.name}"
