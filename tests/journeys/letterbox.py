"""A mail server on the loopback, and the letters that came to it, as a reader opens them."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager

from tests.post.conftest import Mailbox, _free_port, _Server

PATIENCE_S = 30


@contextmanager
def letterbox():
    """`.port` takes letters; `letter_to(address, "…")` waits for the one whose subject begins so."""
    box = Letterbox()
    box.port = _free_port()
    controller = _Server(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


class Letterbox(Mailbox):
    def letters_to(self, address):
        return [letter for letter in self.letters if address in letter["To"]]

    def letter_to(self, address, subject):
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            for letter in self.letters_to(address):
                if letter["Subject"].startswith(subject):
                    return letter
            time.sleep(0.1)
        raise AssertionError(f"No “{subject}” among {[one['Subject'] for one in self.letters_to(address)]}.")


def text_of(letter):
    return letter.get_body(("plain",)).get_content().replace("\r\n", "\n")


def link_in(letter, part):
    """The first address in the letter that has this part."""
    return next(link for link in re.findall(r"https?://\S+", text_of(letter)) if part in link)
