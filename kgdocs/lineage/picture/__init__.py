"""The lineage picture: layered, the upper document left, drawn as SVG without any tool.

sketch.py   graph → boxes and arrows, hubs grouped
layers.py   cycles broken, a layer for each box, the order inside a layer
places.py   where each box stands, so that none overlaps
svg.py      the drawing: every box is a link, in reading order
"""

from kgdocs.lineage.picture.draw import Picture, draw
from kgdocs.lineage.picture.sketch import Caption, Group, drawable

__all__ = ["Caption", "Group", "Picture", "draw", "drawable"]
