"""Static files: kept for a year under this build's name, asked about under any other."""

import gzip

import pytest
from django.conf import settings
from django.templatetags.static import static

from aqyn.site.static import build_of, static_files


def ask_once(play, *args, **kwargs):
    async def scenario(ask):
        return await ask(*args, **kwargs)

    return play(scenario, [])


def test_a_template_names_the_build_and_the_file_is_kept_for_a_year(play):
    answer = ask_once(play, static("ui/css/base.css"))
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.body == settings.STATIC_FILES["ui/css/base.css"].read_bytes()


def test_another_builds_name_is_served_and_asked_about_again(play):
    answer = ask_once(play, "/static/0123456789ab/ui/css/base.css")
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-cache")


def test_gzip_holds_the_same_bytes(play):
    answer = ask_once(play, static("ui/css/base.css"), {"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body) == settings.STATIC_FILES["ui/css/base.css"].read_bytes()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_it_is_told_so(play, method):
    async def scenario(ask):
        first = await ask(static("ui/css/base.css"), method=method)
        return first, await ask(static("ui/css/base.css"), {"if-none-match": first.headers["etag"]})

    first, second = play(scenario, [])
    assert (first.status, second.status, second.body) == (200, 304, b"")
    assert (first.body == b"") == (method == "HEAD")


@pytest.mark.parametrize(
    "name",
    [
        "../settings.py",
        "ui/../../site/settings.py",
        "/etc/passwd",
        "",
        ".",
        "ui",
        "ui/css/",
        "ui/css/base.css/",
    ],
)
def test_nothing_else_lies_there(play, name):
    assert ask_once(play, f"/static/{settings.STATIC_BUILD}/{name}").status == 404


def test_nothing_is_written_there(play):
    assert ask_once(play, static("ui/css/base.css"), method="POST").status == 405


def test_the_build_changes_with_any_file(tmp_path):
    folder = tmp_path / "ui" / "static" / "ui"
    folder.mkdir(parents=True)
    (folder / "a.css").write_text("a{}")
    (folder / ".hidden").write_text("x")
    files = static_files(tmp_path)
    assert sorted(files) == ["ui/a.css"]
    builds = [build_of(files)]
    (folder / "a.css").write_text("b{}")
    builds.append(build_of(files))
    (folder / "b.css").write_text("")
    builds.append(build_of(static_files(tmp_path)))
    assert len(set(builds)) == 3
    assert build_of(static_files(tmp_path)) == builds[2]
