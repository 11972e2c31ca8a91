"""What children import must be importable here: `run_child` hands its own import path on."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "children"))
