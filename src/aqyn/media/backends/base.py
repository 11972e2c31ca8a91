"""What a recogniser must offer to time words: one method."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Tell = Callable[[float], None]


class Emissions(NamedTuple):
    """`log_probabilities`: frames × tokens, natural logarithms. `tokens`: what each column stands for,
    letters of `romanising.LETTERS`, the blank first; others are left alone. `hop_s`: seconds from a frame to
    the next."""

    log_probabilities: NDArray[np.float32]
    tokens: tuple[str, ...]
    hop_s: float


class Backend(Protocol):
    """A recogniser. `rate`: the samples a second that it listens at."""

    rate: int

    def emissions(self, sound: NDArray[np.float32], tell: Tell = lambda share: None) -> Emissions:
        """What each frame of `sound` (mono, full scale 1) may be. `tell` hears how far it is, 0 to 1."""
        ...
