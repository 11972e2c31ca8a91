"""The mean of several trainings' weights: steadier on sound that no training has met.

    python tools/hearing/blend.py OUT.npz ONE.npz OTHER.npz …

Izmailov et al., "Averaging weights leads to wider optima and better generalization" (2018). The trainings
must be stages of one: each started from the one before (`train.py --start`).
"""

from __future__ import annotations

import sys

import numpy as np


def main() -> None:
    out, *paths = sys.argv[1:]
    held = [dict(np.load(path, allow_pickle=False)) for path in paths]
    first = held[0]
    mean = {
        name: np.mean([one[name].astype(np.float64) for one in held], axis=0).astype(array.dtype)
        for name, array in first.items()
    }
    np.savez_compressed(out, **mean)


if __name__ == "__main__":
    main()
