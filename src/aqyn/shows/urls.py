"""Where the shows lie: pages under their language, calendars without one, the crew's desk."""

from __future__ import annotations

from django.urls import URLPattern

public: list[URLPattern] = []

plain: list[URLPattern] = []

studio: list[URLPattern] = []
