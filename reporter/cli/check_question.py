"""What a check is asked, by whatever form of answer."""

from dataclasses import dataclass

from reporter.edition.kept_findings import KeptFindings, findings_of
from reporter.edition.program import check_digest
from reporter.files.workspace import Workspace
from reporter.model import Audience


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """What a check is asked, and who may know the answer."""

    workspace: Workspace
    country: str | None
    year: int | None
    audience: Audience

    @property
    def kept(self) -> KeptFindings:
        words = f"{self.country or 'the country of the workspace'} {self.year or 'every year'}, {self.audience}"
        return KeptFindings(findings_of(self.workspace), check_digest(), self.workspace.snapshot(), words)
