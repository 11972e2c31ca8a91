"""The shop as the journeys see it: its pages in a browser, and its lane as forms and programs use it."""

from __future__ import annotations

import json
import re
import time
from urllib.parse import quote, urlencode

from aqyn.site.front.offers import KEPT_SECONDS

SHOP = "/en/shows/spring/tickets/"
# One more of a type; the name of its field.
MORE = "[data-type='{}'] aqyn-stepper .more"


class Shop:
    """The evening of seed_shop.py in a house."""

    def __init__(self, house):
        self.house = house
        told = json.loads((house.data / "shop.json").read_text("utf-8"))
        self.types, self.ways = told["types"], told["ways"]

    def offer(self, key, code=""):
        """What programs are told of this type, nothing of it older than this call."""
        time.sleep(KEPT_SECONDS + 0.1)
        answer = self.house.get(f"/api/v1/shows/spring?code={quote(code)}")
        return next(one for one in json.loads(answer.content)["ticket_types"] if one["id"] == self.types[key])

    def left(self, key, code=""):
        return self.offer(key, code)["left"]

    def hold(self, key, count=1, email="another@example.kz", language="en"):
        """Hold places by the form; the path of the page that it leads to."""
        told = {f"type-{self.types[key]}": count, "email": email, "language": language}
        return self.send("/api/v1/shows/spring/holds", told)

    def order(self, hold_page, way, name="Дана Оразова", email="another@example.kz"):
        """Order what is held by the form of its page; the path of the order's page."""
        language, hold, secret = re.fullmatch(r"/([\w-]+)/holds/(\w+)/(\w+)/", hold_page).groups()
        told = {"secret": secret, "name": name, "email": email, "language": language, "payment": way}
        return self.send(f"/api/v1/holds/{hold}/order", told)

    def send(self, path, told):
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.house.url}
        answer = self.house.request("POST", path, body=urlencode(told), headers=headers)
        assert answer.status == 303, answer.content
        return answer.headers["Location"]

    def steps(self, page, key, count=1):
        """Press “one more” so many times, or until it can be pressed no more."""
        for _time in range(count):
            if page.is_enabled(MORE.format(self.types[key])):
                page.click(MORE.format(self.types[key]))

    def said_left(self, page, key):
        """What the page says is left, once it has asked."""
        return page.inner_text(f"[data-type='{self.types[key]}'] .left")


def counted(page):
    """Wait until the page has asked what is left."""
    page.wait_for_function("() => document.querySelector('.ware.on_sale .left').textContent !== ''")


def total(page):
    return page.inner_text(".counter .total output").replace("\u00a0", " ")


def money(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")
