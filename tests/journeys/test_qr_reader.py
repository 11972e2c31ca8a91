"""The eye of the door: codes in pictures as a phone takes them, and before a camera that plays them."""

import base64
import random
import shutil

import numpy as np
import pytest
from tests.conftest import CHROMIUM_ARGUMENTS, CHROMIUM_NAMES
from tests.journeys.qr_pictures import code, corners, photograph

# As long as a ticket's code, in the letters that one has.
TICKET = "".join(random.Random(5).choices("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", k=113))

READ = """async ([modules, pictures]) => {
  const { readPicture } = await import(modules + 'picture.js');
  return pictures.map(([bytes, width, height]) => {
    const grey = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
    for (let attempt = 0; attempt < 3; attempt++) {
      const text = readPicture(grey, width, height, attempt);
      if (text !== null) return text;
    }
    return null;
  });
}"""


def modules(page, server) -> str:
    """Where the reader's modules lie, on a page of the house."""
    page.goto(server.url + "/en/")
    sheet = page.locator("link[rel=stylesheet]").first.get_attribute("href")
    return sheet.split("/ui/")[0] + "/tickets/qr/"


@pytest.fixture
def read(page, server):
    """`read(picture, …)`: what the reader makes of each, within three looks."""
    at = modules(page, server)

    def one(*pictures):
        told = [[base64.b64encode(p.tobytes()).decode(), p.shape[1], p.shape[0]] for p in pictures]
        return page.evaluate(READ, [at, told])

    return one


def placed(side=380, turn=0.0, lean=0.0):
    return corners(side, (320, 320), turn, lean)


@pytest.mark.parametrize("version", range(1, 11))
def test_every_version_and_level_is_read(read, version):
    texts = ["42", "AB", "ұн"]
    made = [(text, level) for text in texts for level in "lmqh"]
    pictures = [photograph(code(text, error=level, version=version), placed(500)) for text, level in made]
    assert read(*pictures) == [text for text, _level in made]


def test_a_code_is_read_however_it_is_held(read):
    turned = [photograph(code(TICKET), placed(turn=turn)) for turn in range(0, 360, 30)]
    askew = [photograph(code(TICKET), placed(420, 20, lean)) for lean in (0.1, 0.2, 0.3)]
    far_and_near = [photograph(code(TICKET), placed(side, 7)) for side in (160, 240, 560)]
    pictures = [*turned, *askew, *far_and_near]
    assert read(*pictures) == [TICKET] * len(pictures)


def test_a_code_is_read_in_bad_light(read):
    where = placed(420, 20, 0.1)
    pictures = [
        photograph(code(TICKET), where, blur=3),
        photograph(code(TICKET), where, blur=1, noise=40),
        photograph(code(TICKET), where, noise=5, shade=0.85),
        photograph(code(TICKET), where, noise=3, ink=100, paper=140),
        # A phone turned down in a bright room.
        photograph(code(TICKET), where, noise=3, ink=10, paper=40),
    ]
    assert read(*pictures) == [TICKET] * len(pictures)


def test_a_torn_code_is_mended(read):
    torn = code(TICKET)
    torn[20:26, 20:26] = 1
    assert read(photograph(torn, placed())) == [TICKET]


def test_what_is_no_code_is_not_read(read):
    dice = np.random.default_rng(7)
    noise = [dice.integers(0, 256, (480, 480), dtype=np.uint8) for _picture in range(6)]
    ruined = code(TICKET)
    ruined[14:36, 14:36] = dice.integers(0, 2, (22, 22))
    plain = [np.full((480, 480), grey, dtype=np.uint8) for grey in (0, 128, 255)]
    pictures = [*noise, photograph(ruined, placed()), *plain]
    assert read(*pictures) == [None] * len(pictures)


def test_errors_up_to_the_bound_are_mended_and_none_beyond(page, server):
    # The known block of ISO/IEC 18004, Annex I: "01234567" in version 1-M.
    block = [16, 32, 12, 86, 97, 128, 236, 17, 236, 17, 236, 17, 236, 17, 236, 17]
    block += [165, 36, 212, 193, 237, 54, 199, 135, 44, 85]
    mended = page.evaluate(
        """async ([modules, block]) => {
          const { mend } = await import(modules + 'galois.js');
          return [0, 1, 5, 6, 8].map((wrong) => {
            const damaged = [...block];
            for (let n = 0; n < wrong; n++) damaged[n * 3] ^= 0x5a + n;
            return mend(damaged, 10) && damaged.join() === block.join();
          });
        }""",
        [modules(page, server), block],
    )
    assert mended == [True, True, True, False, False]


@pytest.fixture
def camera(browser, tmp_path):
    """A Chromium whose camera plays one picture: `camera(picture)` gives a page of it."""
    started = []

    def one(picture: np.ndarray):
        height, width = picture.shape
        film = tmp_path / "film.y4m"
        grey = np.full((height // 2) * (width // 2) * 2, 128, dtype=np.uint8).tobytes()
        head = f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode()
        film.write_bytes(head + (b"FRAME\n" + picture.tobytes() + grey) * 3)
        arguments = [
            *CHROMIUM_ARGUMENTS,
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ]
        kind = browser.browser_type
        path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
        chromium = kind.launch(executable_path=path, headless=True, args=arguments)
        started.append(chromium.close)
        return chromium.new_page()

    yield one
    for end in started:
        end()


@pytest.mark.journey
def test_the_camera_tells_of_a_code_once(camera, server):
    page = camera(photograph(code(TICKET), corners(420, (320, 240), 12, 0.1), size=(640, 480), noise=8))
    page.evaluate(
        """async (modules) => {
          await import(modules + 'reader.js');
          window.codes = [];
          const reader = document.createElement('qr-reader');
          reader.addEventListener('code', (event) => window.codes.push(event.detail.text));
          document.body.append(reader);
          await reader.start();
        }""",
        modules(page, server),
    )
    for _tenth in range(100):
        page.wait_for_timeout(100)
        if page.evaluate("window.codes.length"):
            break
    page.wait_for_timeout(1000)
    assert page.evaluate("window.codes") == [TICKET]
    page.evaluate("document.querySelector('qr-reader').remove()")
    assert page.evaluate("document.querySelector('video')") is None
