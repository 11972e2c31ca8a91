"""What programs may ask for, as an OpenAPI 3.1 document at /api/v1/openapi.json.

Written by hand: the lane answers without Django, so nothing could derive it from views. Tests hold the house
to it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from aqyn.core.ledger.money import MOST
from aqyn.core.places import MOST_ITEMS, MOST_PLACES
from aqyn.ui.pages import public_page

Schema = dict[str, Any]


@public_page
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The document."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


def document() -> Schema:
    """The whole of it."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Aqyn",
            "version": "1",
            "summary": "Places at shows: what is on offer, holding, ordering, giving back.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/api/v1/shows/{show}": {"get": _offer()},
            "/api/v1/shows/{show}/holds": {"post": _hold()},
            "/api/v1/holds/{id}/order": {"post": _order()},
            "/api/v1/holds/{id}": {"delete": _give_back()},
        },
        "components": {"schemas": _schemas()},
    }


def _offer() -> Schema:
    return {
        "operationId": "readShow",
        "summary": "What is on offer at a show, at most a second old.",
        "parameters": [
            _SHOW,
            {
                "name": "code",
                "in": "query",
                "description": "Shows the ticket types that are hidden behind it.",
                "schema": {"type": "string", "maxLength": 40},
            },
        ],
        "responses": {
            "200": _json("What is on offer.", "Offer"),
            "400": _problem("The code is longer than any."),
            "404": _problem("No such show."),
            **_OTHER,
        },
    }


def _hold() -> Schema:
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Asked again with the same key, the hold is the same one.",
        # Bare or in quotes; the blanks around a field are no part of it.
        "schema": {"pattern": '^[ \\t]*([!#-~]{1,64}|"[!#-~]{1,64}")[ \\t]*$'},
    }
    made = _json("The places are kept.", "Held") | {
        "headers": {"Location": {"schema": {"type": "string"}}},
        "links": {
            "order": {
                "operationId": "orderHold",
                "parameters": {"id": "$response.body#/id"},
                "requestBody": {"secret": "$response.body#/secret", "name": "Ару", "payment": "free"},
            },
            "giveBack": {
                "operationId": "giveHoldBack",
                "parameters": {"id": "$response.body#/id", "secret": "$response.body#/secret"},
            },
        },
    }
    return {
        "operationId": "holdPlaces",
        "summary": "Keep places for a while.",
        "parameters": [_SHOW, key],
        "requestBody": _body("Wish"),
        "responses": {
            "201": made,
            "400": _problem("What was sent cannot be a wish."),
            "404": _problem("No such show, or no such ticket type."),
            "409": _problem("Sold out, beyond the buyer's limit, or not on sale."),
            "422": _problem("The key came before with another wish."),
            **_OTHER,
        },
    }


def _order() -> Schema:
    return {
        "operationId": "orderHold",
        "summary": "Order what is held. Asked again, it is the same order.",
        "parameters": [_ID],
        "requestBody": _body("OrderWish"),
        "responses": {
            "201": _json("The order stands; its tickets let in, or it is to be paid.", "Order"),
            "400": _problem("What was sent cannot be an order."),
            "403": _problem("The secret does not open it."),
            "404": _problem("No such hold."),
            "410": _problem("The hold is over."),
            **_OTHER,
        },
    }


def _give_back() -> Schema:
    return {
        "operationId": "giveHoldBack",
        "summary": "The places are free again.",
        "parameters": [
            _ID,
            {"name": "secret", "in": "query", "required": True, "schema": {"type": "string"}},
        ],
        "responses": {
            "204": {"description": "They are."},
            "400": _problem("What was sent could not be read."),
            "403": _problem("The secret does not open it."),
            "404": _problem("No such hold."),
            "410": _problem("The hold is over."),
            **_OTHER,
        },
    }


def _schemas() -> Schema:
    text: Schema = {"type": "string"}
    number: Schema = {"type": "integer"}
    amount = {"type": "integer", "minimum": 0, "description": "Whole minor units of the currency."}
    moment = {"type": "string", "format": "date-time"}
    texts = {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "description": "Texts by BCP 47 tag.",
    }
    language = {
        "type": "string",
        "examples": [code for code, _name in settings.LANGUAGES],
        "description": "Of letters and pages; one that the house does not speak becomes the browser's.",
    }
    return {
        "Offer": _object(
            show=text,
            currency={"type": "string", "pattern": "^[A-Z]{3}$"},
            hold_minutes=number,
            ticket_types={"type": "array", "items": _ref("TicketType")},
        ),
        "TicketType": _object(
            id=number,
            name=texts,
            note=texts,
            area=texts,
            price=amount,
            floor=_or_null(amount) | {"description": "Where it is there, the buyer names the price."},
            limit=_or_null(number) | {"description": "At most so many for one buyer, over all orders."},
            starts_at=_or_null(moment),
            ends_at=_or_null(moment),
            left=_or_null(number) | {"description": "Null where there are plenty."},
            state={"type": "string", "enum": ["on_sale", "soon", "ended", "sold_out"]},
        ),
        "Wish": {
            "type": "object",
            "required": ["items", "email"],
            "properties": {
                "items": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": MOST_ITEMS,
                    "items": {
                        "type": "object",
                        "required": ["ticket_type", "quantity"],
                        "properties": {
                            "ticket_type": {"type": "integer", "minimum": 1},
                            "quantity": {"type": "integer", "minimum": 1, "maximum": MOST_PLACES},
                            "price": {
                                "type": ["integer", "null"],
                                "minimum": 0,
                                "maximum": MOST - 1,
                                "description": "For a type whose buyer names the price.",
                            },
                        },
                    },
                },
                "email": {"type": "string", "format": "email", "maxLength": 254},
                "code": {"type": "string", "maxLength": 40},
                "language": language,
            },
        },
        "Held": _object(id=text, secret=text, expires_at=moment, total=amount, currency=text, page=text),
        "OrderWish": {
            "type": "object",
            "required": ["secret", "name"],
            "properties": {
                "secret": text,
                "name": {"type": "string", "minLength": 1, "maxLength": 120},
                "email": {"type": "string", "format": "email", "maxLength": 254},
                "language": language,
                "payment": {
                    "type": "string",
                    "maxLength": 20,
                    "description": "The number of a way to pay; anything where nothing is to be paid.",
                },
            },
        },
        "Order": _object(
            optional={"payment": _ref("Payment")},
            id=text,
            secret=text,
            state={"type": "string", "enum": ["confirmed", "waiting"]},
            total=amount,
            currency=text,
            tickets={"type": "array", "items": _ref("Ticket")},
            page=text,
        ),
        "Ticket": _object(optional={"code": text}, number=number, serial=text, ticket_type=number),
        "Payment": _object(
            reference=text,
            amount=amount,
            currency=text,
            due_at=_or_null(moment),
            instructions=_object(
                lines={"type": "array", "items": _object(label=text, value=text)},
                link=text,
                code=text,
                note=text,
            ),
        ),
        "Problem": _object(
            optional={"left": {"type": ["integer", "string"]}, "code": text}, title=text, status=number
        ),
    }


_SHOW: Schema = {
    "name": "show",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,80}$"},
}
_ID: Schema = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[0-9A-Za-z]{1,20}$"},
}


def _object(optional: Schema | None = None, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties | (optional or {}),
        "additionalProperties": False,
    }


def _or_null(schema: Schema) -> Schema:
    return schema | {"type": [schema["type"], "null"]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(description: str, name: str) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": _ref(name)}}}


def _problem(description: str) -> Schema:
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": _ref("Problem")}},
    }


def _body(name: str) -> Schema:
    return {"required": True, "content": {"application/json": {"schema": _ref(name)}}}


_OTHER: Schema = {
    "405": _problem("Not by this method."),
    "408": _problem("What was sent came too slowly."),
    "413": _problem("What was sent is too large."),
    "503": _problem("Very many ask at once, or the house is closing: ask again after Retry-After."),
}
