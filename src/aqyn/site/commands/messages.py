"""Bring the interface's catalogues in line with the source and compile them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from aqyn.site.extras import ensure


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(args: argparse.Namespace) -> int:
    ensure("dev")
    from django.conf import settings

    if not settings.configured:
        # Only the templates' own words are read: no house is opened.
        settings.configure(USE_I18N=True)
    from aqyn.site.messages import LOCALE, WRITTEN, untranslated, write_catalogues

    for file in write_catalogues():
        sys.stdout.write(f"{Path('src/aqyn/ui/locale') / file.relative_to(LOCALE)}\n")
    missing = [(locale, message) for locale in WRITTEN for message in untranslated(locale)]
    for locale, message in missing:
        sys.stdout.write(f"{locale}: {message}\n")
    return 1 if missing else 0
