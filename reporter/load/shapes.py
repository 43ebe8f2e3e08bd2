"""The shape of the files, for pydantic and the JSON Schemas.

Editors complete with the schemas.
"""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, WithJsonSchema

from reporter.load.amount import UNANSWERED, WORDS, Amount
from reporter.load.dataflow_shapes import TransmissionShape
from reporter.load.fields import (
    AMOUNT_SCHEMA,
    Code,
    Language,
    Methodology,
    Natural,
    Number,
    Period,
    Shape,
    Value,
    Whole,
    Words,
)
from reporter.load.recipient import MailShape, RecipientShape
from reporter.load.release_shapes import ReleaseShape
from reporter.load.written import Written
from reporter.model import (
    Accepted,
    Activity,
    Catalogue,
    Confidentiality,
    Country,
    CountryList,
    Deadline,
    Difference,
    Flag,
    Provision,
    YearFile,
)
from reporter.theme.tokens import DEFAULT


def _part(written: object) -> object:
    return written if isinstance(written, dict) else {"value": written}


class PartShape(Shape):
    """A breakdown's value, or a count of an activity or provision."""

    value: Value = Field(description="A whole number, 'at least N', 'about N', or a word for nothing")
    note: Words = Field(default_factory=dict, description="Printed as a footnote wherever the value is")
    flags: list[Flag] = Field(default_factory=list)
    confidentiality: Confidentiality = Confidentiality.FREE
    part_of: str = Field(default="", description="The count that already contains this one")


Part = Annotated[PartShape, BeforeValidator(_part), WithJsonSchema({"anyOf": [AMOUNT_SCHEMA, {"type": "object"}]})]


def _figure(written: object) -> object:
    return written if isinstance(written, dict) else {"total": written}


class FigureShape(Shape):
    """A figure of the year: total, breakdowns (`by form`) and remarks."""

    model_config = ConfigDict(extra="allow", arbitrary_types_allowed=True, defer_build=True)
    __pydantic_extra__: dict[str, dict[str, Part]]

    total: Value = Amount(None, WORDS["missing"])
    flags: list[Flag] = Field(default_factory=list, description="Eurostat observation flags")
    confidentiality: Confidentiality = Confidentiality.FREE
    definition: str = Field(default="", description="Code of the definition, when it is not the usual one")
    source: str = Field(default="", description="Code of the source, when it is not the file's")
    note: Words = Field(default_factory=dict, description="Printed as a footnote wherever the figure is")
    period: Period = Field(default="", description="When the figure does not cover the reference year")
    incomplete: list[str] = Field(default_factory=list, description="Breakdowns known to be partial")
    part_of: str = Field(default="", description="The figure that already contains this one")


Figure = Annotated[FigureShape, BeforeValidator(_figure)]
Restatement = Annotated[dict[str, Value], Field(description="Figures of that year as repeated this year")]


class ActivityShape(Written[Activity]):
    """A training, campaign or joint undertaking with its own period and counts."""

    figures: dict[str, Part] = Field(default_factory=dict)


def _named(written: object) -> object:
    return [UNANSWERED] if written == UNANSWERED else written


class CountryListShape(Written[CountryList]):
    """A list of countries named, and what kind of list it is."""

    named: Annotated[
        list[str],
        BeforeValidator(_named),
        AfterValidator(tuple),
        WithJsonSchema({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"const": UNANSWERED}]}),
    ] = Field(default_factory=list, description=f"ISO codes, EL and UK as the EU writes them; {UNANSWERED} in a draft")

    @property
    def is_unanswered(self) -> bool:
        """Return whether nobody has said yet which countries."""
        return UNANSWERED in self.named


class RevisionShape(Shape):
    """A value of an earlier year restated."""

    figure: str
    year: Whole
    was: Value
    now: Value
    reason: Words
    note: Words = Field(default_factory=dict, description="What must be said with the new value besides the reason")


class YearShape(Written[YearFile]):
    """The file of one reference year."""

    figures: dict[str, Figure] = Field(default_factory=dict)
    countries: list[CountryListShape] = Field(default_factory=list)
    activities: dict[Code, ActivityShape] = Field(default_factory=dict)
    revisions: list[RevisionShape] = Field(default_factory=list)
    earlier: dict[str, Restatement] = Field(default_factory=dict)
    accepted: list[Written[Accepted]] = Field(default_factory=list)
    differences: list[Written[Difference]] = Field(default_factory=list)


class ProvisionShape(Written[Provision]):
    """A legal provision with its penalties or periods."""

    figures: dict[str, Part] = Field(default_factory=dict)


class CountryShape(Written[Country]):
    """The file `country.yaml`."""

    code: str = Field(pattern=r"^[A-Z]{2}$")
    provisions: dict[Code, ProvisionShape] = Field(default_factory=dict)
    methodology: Methodology = Field(
        default_factory=dict, description="A text for a heading of ESMS, true of every edition; facts are added to it"
    )


class CatalogueShape(Written[Catalogue]):
    """The file `data/catalogue.yaml`."""

    eurostat: TransmissionShape = Field(default_factory=TransmissionShape)


class ThresholdsShape(Shape):
    """When percentages are printed and when a change needs a comment."""

    percent_base: Natural = 50
    jump: Number = 0.5
    jump_count: Natural = 10


class SmallCountsShape(Shape):
    """Why counts of one to four victims may be published."""

    reason: Words


class WorkspaceShape(Shape):
    """The file `reporter.yaml`."""

    title: Words
    languages: list[Language]
    country: str = Field(default="", description="The one that commands mean when none is named; left out: every one")
    theme: str = Field(default=DEFAULT, description="A folder themes/NAME of the workspace, or ministry or eu-blue")
    thresholds: ThresholdsShape = Field(default_factory=ThresholdsShape)
    mail: MailShape | None = Field(default=None, description="The mail server and the sender")
    recipients: dict[Code, RecipientShape] = Field(default_factory=dict, description="Who gets the package")
    publish_small_counts: SmallCountsShape | None = Field(
        default=None, description="Left out: no package for the public holds counts of 1 to 4 victims"
    )
    deadlines: dict[Code, Written[Deadline]] = Field(default_factory=dict, description="What is due, and when")


SHAPES: dict[str, type[Shape]] = {
    "workspace": WorkspaceShape,
    "catalogue": CatalogueShape,
    "country": CountryShape,
    "year": YearShape,
    "edition": ReleaseShape,
}
