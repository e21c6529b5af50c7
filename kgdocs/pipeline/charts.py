"""Pictures of counts, for the pages: what `kgdocs.lineage.picture.charts` draws."""

from kgdocs.lineage.picture.charts import Bar, bar_chart, column_chart, histogram

__all__ = ["Bar", "bar_chart", "column_chart", "histogram"]
