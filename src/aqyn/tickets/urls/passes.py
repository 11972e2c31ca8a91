"""Where tickets lie, to be seen, printed and kept."""

from __future__ import annotations

from django.urls import URLPattern

public: list[URLPattern] = []
plain: list[URLPattern] = []
studio: list[URLPattern] = []
