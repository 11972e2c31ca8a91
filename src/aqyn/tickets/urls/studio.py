"""Where the crew sets the sale up and looks after orders."""

from __future__ import annotations

from django.urls import URLPattern

public: list[URLPattern] = []
plain: list[URLPattern] = []
studio: list[URLPattern] = []
