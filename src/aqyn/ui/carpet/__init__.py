"""Where everything on a carpet lies. Pure: loudness in, a plan out; nothing in it touches anything else.

The loudness of the song, in sixteen equal parts, answers every question. Whether it rises or falls between
two parts chooses one of eight families, the ground and the border; how loud a part is among the others says
how large its horns grow. A horn is a spiral whose pitch is twice its thickness, so that the ground between
two of its turns is a horn as thick as itself: figure and ground interlock, as in cut felt.

Lengths are in units of the drawing, which is 1000 wide. A limb lies on an axis (upwards) or, turned by 45°,
on a diagonal; `along` is the distance from the middle. The drawing turns every limb four times.
"""

from aqyn.ui.carpet.families import FAMILIES
from aqyn.ui.carpet.felt import DIAGONAL, DYED, HALF, Carpet, Horns, Lozenge, Point, Stem, between, fold
from aqyn.ui.carpet.plan import lay_out

__all__ = [
    "DIAGONAL",
    "DYED",
    "FAMILIES",
    "HALF",
    "Carpet",
    "Horns",
    "Lozenge",
    "Point",
    "Stem",
    "between",
    "fold",
    "lay_out",
]
