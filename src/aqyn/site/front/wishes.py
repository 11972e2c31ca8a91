"""What a buyer sends, as JSON or as a form, read into a wish. Whatever cannot be one is a refusal."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings

from aqyn.core.ledger.money import MOST, AmountError, read
from aqyn.core.passes.serials import number
from aqyn.core.places import MOST_ITEMS, Wanted
from aqyn.post.services import BadAddress, clean_address
from aqyn.tickets.claims import HoldAsked, OrderAsked
from aqyn.tickets.sentences import buying as refuse

LONGEST_NAME = 120
LONGEST_KEY = 64
LONGEST_CODE = 40
_KEY = re.compile(r"[!#-~]{1,64}")
_SPACES = re.compile(r"\s+")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_LANGUAGES = frozenset(dict(settings.LANGUAGES))


def read_json(body: bytes) -> dict[str, Any]:
    """The object that was sent. Raises NotUnderstood."""
    try:
        told = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise refuse.NotUnderstood from None
    if not isinstance(told, dict):
        raise refuse.NotUnderstood
    return told


def read_form(body: bytes) -> dict[str, str]:
    """The fields of a form, the first of each name. Raises NotUnderstood."""
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=200)
    except ValueError:
        raise refuse.NotUnderstood from None
    return dict(reversed(pairs))


def hold_of_json(told: Mapping[str, Any], *, show: str, key: str | None, language: str) -> HoldAsked:
    """`key`: of the header, None without one. Raises a BuyingRefusal."""
    items = told.get("items")
    if not isinstance(items, list):
        raise refuse.NotUnderstood
    if len(items) > MOST_ITEMS:
        raise refuse.TooManyTypes(most=MOST_ITEMS)
    return HoldAsked(
        show=show,
        items=tuple(_item(item) for item in items),
        email=_email(told.get("email")),
        language=_language(told, language),
        key=_key(told.get("key", "")) if key is None else _key(key or None),
        code=_text(told.get("code", ""), LONGEST_CODE),
    )


def names_a_price(told: Mapping[str, str]) -> bool:
    """Whether the form says what somebody would like to pay: then the currency has to be known."""
    return any(name.startswith("price-") and value.strip() for name, value in told.items())


def hold_of_form(told: Mapping[str, str], *, show: str, language: str, currency: str) -> HoldAsked:
    """`currency`: that of the sale, for prices that the buyer named. Raises a BuyingRefusal."""
    items = []
    for name, value in told.items():
        kind, _dash, type_ = name.partition("-")
        if kind != "type" or not value.strip() or value.strip() == "0":
            continue
        if not (type_.isascii() and type_.isdigit() and len(type_) < 19):
            raise refuse.NoSuchType
        if not (value.strip().isascii() and value.strip().isdigit() and len(value) < 10):
            raise refuse.NothingAsked
        items.append(Wanted(int(type_), int(value), _price(told.get(f"price-{type_}", ""), currency)))
    return HoldAsked(
        show=show,
        items=tuple(items),
        email=_email(told.get("email")),
        language=_language(told, language),
        key=_key(told.get("key", "")),
        code=_text(told.get("code", ""), LONGEST_CODE),
    )


def order_of(told: Mapping[str, Any], *, hold: int) -> tuple[OrderAsked, str]:
    """The wish and the way to pay, "" where none was said. Raises a BuyingRefusal."""
    name = _SPACES.sub(" ", _text(told.get("name", ""), LONGEST_NAME))
    if not name:
        raise refuse.NoName
    way = told.get("payment", "")
    way = "" if way is None else way
    if isinstance(way, bool) or not isinstance(way, str | int):
        raise refuse.NotUnderstood
    email = told.get("email") or ""
    asked = OrderAsked(hold, name, _language(told, ""), _email(email) if email else "")
    return asked, _text(str(way), 20)


def id_of(letters: str) -> int:
    """Raises NoSuchHold."""
    found = number(letters)
    if found is None:
        raise refuse.NoSuchHold
    return found


def secret_in(told: Mapping[str, Any]) -> str:
    said = told.get("secret", "")
    return said if isinstance(said, str) else ""


def _item(item: Any) -> Wanted:
    if not isinstance(item, dict):
        raise refuse.NotUnderstood
    type_, quantity = _whole(item.get("ticket_type")), _whole(item.get("quantity"))
    price = None if item.get("price") is None else _whole(item["price"])
    if not 0 < type_ < 1 << 62:
        raise refuse.NoSuchType
    if price is not None and not 0 <= price < MOST:
        raise refuse.PriceIsOff
    return Wanted(type_, quantity, price)


def _whole(value: Any) -> int:
    """A whole number; to JSON Schema 2.0 is one too. Raises NotUnderstood."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refuse.NotUnderstood
    if isinstance(value, float) and not value.is_integer():
        raise refuse.NotUnderstood
    return int(value)


def _price(said: str, currency: str) -> int | None:
    if not said.strip():
        return None
    try:
        price = read(said, currency)
    except AmountError:
        raise refuse.PriceIsOff from None
    if price < 0:
        raise refuse.PriceIsOff
    return price


def _email(said: Any) -> str:
    if not isinstance(said, str) or len(said) > 254:
        raise refuse.BadEmail
    try:
        clean_address(said)
    except BadAddress:
        raise refuse.BadEmail from None
    return said.strip()


def language_in(told: Mapping[str, Any], otherwise: str) -> str:
    """The language that was asked for, where it is one of the house's."""
    said = told.get("language", "")
    return said if isinstance(said, str) and said in _LANGUAGES else otherwise


def _language(told: Mapping[str, Any], otherwise: str) -> str:
    """The same; what is no text at all is not understood."""
    if not isinstance(told.get("language", ""), str):
        raise refuse.NotUnderstood
    return language_in(told, otherwise)


def _key(said: Any) -> str:
    if said == "":
        return ""
    if not isinstance(said, str) or not _KEY.fullmatch(said):
        raise refuse.NotUnderstood
    return said


def _text(said: Any, longest: int) -> str:
    if not isinstance(said, str):
        raise refuse.NotUnderstood
    clean = _UNSEEN.sub(" ", said).strip()
    if len(clean) > longest:
        raise refuse.NotUnderstood
    return clean
