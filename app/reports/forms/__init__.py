"""The forms a report is kept in: each makes bytes of a document, in one language.

A renderer is pure: the same document, language and version give the same bytes.
"""

from collections.abc import Callable, Mapping

from app.kit.languages import Language
from app.reports.document import Document
from app.reports.forms import table_csv
from app.reports.vocabularies import ReportForm

# Document, language, and the number of the version it will be.
Renderer = Callable[[Document, Language, int], bytes]
RENDERERS: Mapping[ReportForm, Renderer] = {ReportForm.CSV: table_csv.rendered}
