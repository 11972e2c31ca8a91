"""Open the house: serve its pages, prepare its sound, until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from aqyn.site.config import Config


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="address to listen on; 0.0.0.0 lets phones nearby in (127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (8000)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of the house (./data)")
    parser.add_argument(
        "--no-sample", action="store_true", help="begin an empty house without the sample artist"
    )


def run(args: argparse.Namespace) -> int:
    from aqyn.site import house

    config = house.open_house(args.data, host=args.host, port=args.port)
    lock = house.lock_folder(config.data)
    from aqyn.site import server
    from aqyn.site.other_ears import install_what_they_need

    port = server.probe_port(config.host, config.port)
    install_what_they_need()
    if house.migrate() and not args.no_sample:
        (config.data / house.FIRST_RUN).touch()
    with lock:
        return server.serve(config, port, lambda phones: _greet(config, port, phones))


def _greet(config: Config, port: int, phones: int) -> None:
    from aqyn.people import services as people
    from aqyn.ui.nearby import address_nearby

    here = _address(config.host if config.host not in _EVERYWHERE else "127.0.0.1", port)
    said = config.public_url.rstrip("/") or here
    nearby = address_nearby()
    lines = [f"Aqyn is open:     {said}/"]
    if config.public_url:
        if urlsplit(here).netloc != urlsplit(said).netloc:
            lines.append(f"On this machine:  {here}/")
    elif config.host in _EVERYWHERE and nearby:
        lines.append(f"On this network:  {_address(nearby, port)}/")
    elif config.host not in _EVERYWHERE:
        lines.append("For phones nearby: ./aqyn up --host 0.0.0.0")
    lines.append(f"Phones at a show: {phones} at once, by the limit on open files.")
    lines.append(f"Your key, for one sign-in:  {said}{people.first_link(datetime.now(UTC))}")
    lines.append("Ctrl-C closes the house.")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _address(host: str, port: int) -> str:
    named = f"[{host}]" if ":" in host else host
    return f"http://{named}" if port == 80 else f"http://{named}:{port}"


_EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104
