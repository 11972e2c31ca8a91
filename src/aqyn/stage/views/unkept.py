"""Answers that only those see who hold the key of a rehearsal."""

from __future__ import annotations

from django.http import HttpResponse


def unkept(answer: HttpResponse) -> HttpResponse:
    """The key stands in the address: nobody keeps the answer, and no other site learns it by a link."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
