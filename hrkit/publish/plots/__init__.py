"""A plot as Office draws it: a chart part (DrawingML) and the workbook that people edit it in.

Word and PowerPoint keep a chart as two things, the drawing with a copy of its values and a workbook
inside the file.  Both are written here from one `hrkit.blocks.Plot`, so they cannot differ, and
neither holds anything that the plot does not.
"""

from hrkit.publish.plots.book import workbook
from hrkit.publish.plots.part import CHART, SHEET, chart_xml

__all__ = ["CHART", "SHEET", "chart_xml", "workbook"]
