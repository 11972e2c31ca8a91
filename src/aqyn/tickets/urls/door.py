"""Where the doors are."""

from __future__ import annotations

from django.urls import URLPattern

public: list[URLPattern] = []
plain: list[URLPattern] = []
studio: list[URLPattern] = []
