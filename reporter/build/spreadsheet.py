"""The workbook as a part of a package; a module of its own, for its library loads late."""

from collections.abc import Mapping

from reporter.build.enclosures import FIGURES, Consignment, Enclose, Enclosed, Parts
from reporter.build.workbook import make_xlsx
from reporter.model import PackagePart
from reporter.submission.bag import measure


def enclose_xlsx(sent: Consignment) -> Parts:
    """The workbook in each language."""
    title = sent.locale.text("All tables of the profile as a workbook")
    return {
        f"{FIGURES}{name}": Enclosed(measure(content), title, language)
        for language, extract in sent.extracts.items()
        for name, content in make_xlsx(extract).items()
    }


PARTS: Mapping[PackagePart, Enclose] = {PackagePart.XLSX: enclose_xlsx}
