"""Where the songs lie: pages under their language, machine data without one, the crew's desk."""

from django.urls import path, re_path

from aqyn.songs.views import beginning, files, hearing, importing, songbook, subsonic, sync, versions, writing
from aqyn.songs.views import public as see
from aqyn.songs.views import recordings as sounds
from aqyn.songs.views import studio as desk
from aqyn.songs.views import uploads as tus

LYRICS_FILE = r"lyrics(?:\.(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*))?\.(?P<ending>[a-z]{3,4})$"

public = [
    path("songs/<slug:slug>/", see.song, name="song"),
    path("songs/<slug:slug>/<str:layer>/", see.song, name="song-layer"),
    path("heard/<str:key>/", see.heard, name="heard"),
    path("heard/<str:key>/<str:layer>/", see.heard, name="heard-layer"),
]

plain = [
    path("songs/<slug:slug>/lyrics.json", see.lyrics, name="lyrics"),
    re_path(rf"^songs/(?P<slug>[-\w]+)/{LYRICS_FILE}", files.lyrics, name="lyrics-file"),
    path("songs/<slug:slug>/ornament.svg", see.ornament, name="ornament"),
    path("heard/<str:key>/lyrics.json", see.heard_lyrics, name="heard-lyrics"),
    re_path(rf"^heard/(?P<key>[^/]+)/{LYRICS_FILE}", files.heard_lyrics, name="heard-lyrics-file"),
    path("heard/<str:key>/ornament.svg", see.heard_ornament, name="heard-ornament"),
    path("rest/<str:method>", subsonic.rest, name="rest"),
    re_path(r"^media/(?P<shelf>[0-9a-f]{2})/(?P<name>[0-9a-f]{64}\.[a-z0-9]{2,5})$", see.media, name="media"),
]

studio = [
    path("songbook/", songbook.songbook, name="songbook"),
    path("songbook/cancel/", songbook.cancel, name="cancel-songbook"),
    path("voices/", hearing.voices, name="voices"),
    path("voices/forget/", hearing.forget, name="forget-voice"),
    path("songs/", desk.songs, name="songs"),
    path("songs/new/", beginning.new, name="new"),
    path("songs/<slug:slug>/", desk.song, name="song"),
    path("songs/<slug:slug>/words/", writing.words, name="words"),
    path("songs/<slug:slug>/words/text", writing.text, name="text"),
    path("songs/<slug:slug>/readings/", writing.readings, name="readings"),
    path("songs/<slug:slug>/versions/", versions.versions, name="versions"),
    path("songs/<slug:slug>/versions/difference/", versions.difference, name="difference"),
    path("songs/<slug:slug>/versions/<int:version>/back/", versions.back, name="back"),
    path("songs/<slug:slug>/import/", importing.bring_in, name="import"),
    path("songs/<slug:slug>/reach/", desk.reach, name="reach"),
    path("songs/<slug:slug>/remove/", desk.remove, name="remove"),
    path("songs/<slug:slug>/lines/<int:line>/", writing.line, name="line"),
    path("songs/<slug:slug>/lines/<int:line>/reading", writing.reading, name="reading"),
    path("songs/<slug:slug>/uploads/", tus.uploads, name="uploads"),
    path("songs/<slug:slug>/uploads/<str:key>", tus.upload, name="upload"),
    path("songs/<slug:slug>/jobs/<int:job>/cancel/", sounds.cancel, name="cancel"),
    path("songs/<slug:slug>/recordings/", sounds.attach, name="attach"),
    path("songs/<slug:slug>/recordings/<int:recording>/", sounds.tell, name="tell-recording"),
    path("songs/<slug:slug>/recordings/<int:recording>/take/", sounds.take, name="take-times"),
    path("songs/<slug:slug>/recordings/<int:recording>/prefer/", sounds.prefer, name="prefer"),
    path("songs/<slug:slug>/recordings/<int:recording>/again/", sounds.again, name="again"),
    path("songs/<slug:slug>/recordings/<int:recording>/remove/", sounds.remove, name="remove-recording"),
    path("songs/<slug:slug>/recordings/<int:recording>/sync/", sync.sync, name="sync"),
    path("songs/<slug:slug>/recordings/<int:recording>/sync/waveform", sync.waveform, name="waveform"),
    path("songs/<slug:slug>/recordings/<int:recording>/sync/cues", sync.cues, name="cues"),
    path("songs/<slug:slug>/recordings/<int:recording>/sync/hearing", hearing.hearing, name="hearing"),
    path(
        "songs/<slug:slug>/recordings/<int:recording>/sync/hearing/cancel",
        hearing.cancel,
        name="hearing-cancel",
    ),
    path(
        "songs/<slug:slug>/recordings/<int:recording>/sync/hearing/again", hearing.again, name="hearing-again"
    ),
    path("songs/<slug:slug>/page/", see.draft, name="page"),
    path("songs/<slug:slug>/page/<str:layer>/", see.draft, name="page-layer"),
    path("songs/<slug:slug>/lyrics.json", see.draft_lyrics, name="lyrics"),
    re_path(rf"^songs/(?P<slug>[-\w]+)/{LYRICS_FILE}", files.draft_lyrics, name="lyrics-file"),
    path("songs/<slug:slug>/ornament.svg", see.draft_ornament, name="ornament"),
]
