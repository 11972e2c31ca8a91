"""Where the hall sings: pages under their language, what they load without one, the crew's desk."""

from __future__ import annotations

from django.urls import URLPattern

public: list[URLPattern] = []

plain: list[URLPattern] = []

studio: list[URLPattern] = []
