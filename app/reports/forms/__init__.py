"""The forms a report is kept in: each makes bytes of a document, in one edition."""

from collections.abc import Mapping

from app.reports.forms import page_html, paged_pdf, table_csv, workbook_xlsx
from app.reports.forms.edition import Renderer
from app.reports.vocabularies import ReportForm

RENDERERS: Mapping[ReportForm, Renderer] = {
    ReportForm.HTML: page_html.rendered,
    ReportForm.PDF: paged_pdf.rendered,
    ReportForm.CSV: table_csv.rendered,
    ReportForm.XLSX: workbook_xlsx.rendered,
}
