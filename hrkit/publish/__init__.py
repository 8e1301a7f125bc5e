"""From an executed notebook to a printed page, and from many notebooks to named outcomes.

The wing stands apart: it knows blocks and errors, and nothing of what a report is about.

======================  =======================================================
`notebook.execute`      a notebook and its parameters → an executed notebook
`document.blocks_of`    an executed notebook → blocks
`pdf.render_pdf`        blocks → a PDF (PDF/UA-1 and PDF/A-2a at once)
`html.render_html`      blocks → one HTML file
`word.render_word`      blocks → a Word document
`excel.render_excel`    sheets → an Excel workbook
`pptx.render_pptx`      slides → a PowerPoint file
`fillable`              a sheet to fill in → an Excel workbook
`exporter`              the same as an nbconvert exporter, ``hrkit_pdf``
`batch.run_batch`       many jobs → done, failed, skipped
======================  =======================================================

Each module loads what it needs when it is used; importing this package loads nothing.
"""
