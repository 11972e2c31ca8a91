"""The front of the house, put together."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from aqyn.site.config import Config
from aqyn.site.front.dispatch import Front
from aqyn.site.front.generation import (
    Generation,
    PostgresGeneration,
    SqliteGeneration,
    connect_parameters,
)
from aqyn.site.front.kept import Kept
from aqyn.site.front.offers import Offers
from aqyn.site.front.pages import PageLane
from aqyn.site.front.pool import Django, Pool
from aqyn.site.front.progress import ProgressLane
from aqyn.site.front.shop import ShopLane
from aqyn.site.front.stage import Stage
from aqyn.site.front.static import StaticLane
from aqyn.site.front.till import Till
from aqyn.site.front.visit import Doorkeeper
from aqyn.stage.telling import CHANNEL as STAGE
from aqyn.ui.pages import on_pages_changed

if TYPE_CHECKING:
    from starlette.types import Scope

    from aqyn.site.front.pool import Rendered

MIB = 1 << 20
MOST_PHONES = 65_536
"""Followed by no more, whatever the system would allow."""


@dataclass(slots=True)
class OpenFront:
    """A front that answers, and what has to be ended after it. `app` is the ASGI application."""

    app: Front
    kept: Kept
    pool: Pool
    generation: Generation
    progress: ProgressLane
    stage: Stage
    shop: ShopLane
    _following: asyncio.Task[None]
    _stop_hearing: Callable[[], None] = field(repr=False)

    async def close(self, *, streams_within: float = 1.0) -> None:
        """Refuse new work, end live streams, drop waiting work."""
        self.app.closing = True
        await self.progress.close(within=streams_within)
        await asyncio.gather(self.stage.close(within=streams_within), self.shop.close(within=streams_within))
        self._stop_hearing()
        self._following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._following
        await self.pool.close()
        self.generation.close()


def open_front(config: Config, *, most_phones: int = MOST_PHONES) -> OpenFront:
    """The front of the house as `config` says, within a running event loop. Django is set up and migrated."""
    loop = asyncio.get_running_loop()
    if isinstance(settings.ROOT_URLCONF, str):
        # Now rather than at the first visitor's cost; and a house whose pages cannot be found does not open.
        import_module(settings.ROOT_URLCONF)
    pool = Pool()
    django = Django()
    kept = Kept(config.page_cache_mib * MIB)
    stage = Stage(most_phones=most_phones)
    shop = ShopLane(Till(), Offers())
    generation = _generation(kept, stage)
    stage.follow(generation.changed)

    async def render(scope: Scope) -> Rendered:
        return await pool.run(lambda: django.render_counted(scope))

    pages = PageLane(kept=kept, generation=generation, render=render)
    progress = ProgressLane(pool, generation.changed)
    front = Front(
        doorkeeper=Doorkeeper(
            allowed_hosts=settings.ALLOWED_HOSTS,
            public_url=config.public_url,
            trusted=config.trusted_proxies,
        ),
        pool=pool,
        django=django,
        pages=pages,
        static=StaticLane(settings.STATIC_FILES, settings.STATIC_BUILD),
        progress=progress,
        stage=stage,
        shop=shop,
        # What stands around a recording in a form is small.
        upload_limit=(config.recording_max_mib + 1) * MIB,
    )

    def heard(number: int) -> None:
        # Told by the thread of a view, before its answer is on its way: the next request knows it.
        loop.call_soon_threadsafe(generation.seen, number)

    return OpenFront(
        app=front,
        kept=kept,
        pool=pool,
        generation=generation,
        progress=progress,
        stage=stage,
        shop=shop,
        _following=loop.create_task(generation.follow()),
        _stop_hearing=on_pages_changed(heard),
    )


def _generation(kept: Kept, stage: Stage) -> Generation:
    if connection.vendor == "sqlite":
        return SqliteGeneration(Path(connection.settings_dict["NAME"]))

    def lost() -> None:
        kept.clear()
        stage.look_again()

    return PostgresGeneration(connect_parameters(), lost, others={STAGE: stage.told_from_elsewhere})
