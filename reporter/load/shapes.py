"""The shape of the files, for pydantic and the JSON Schemas.

Editors complete with the schemas.
"""

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from reporter.load.amount import WORDS, Amount
from reporter.load.dataflow_shapes import TransmissionShape
from reporter.load.deadline import DeadlineShape
from reporter.load.fields import (
    AMOUNT_SCHEMA,
    Code,
    Date,
    IndicatorCode,
    Language,
    Methodology,
    Natural,
    Number,
    Period,
    Published,
    Shape,
    Text,
    Truth,
    Value,
    Whole,
    Words,
)
from reporter.load.recipient import MailShape, RecipientShape
from reporter.load.release_shapes import ReleaseShape
from reporter.model import (
    ActivityKind,
    Confidentiality,
    EditionStatus,
    Flag,
    Kind,
    ListKind,
    Unit,
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


class CountriesShape(Shape):
    """A list of countries named, and what kind of list it is."""

    kind: ListKind
    named: list[str] = Field(default_factory=list, description="ISO codes, EL and UK as the EU writes them")
    main: list[str] = Field(default_factory=list)
    groups: list[Words] = Field(default_factory=list)
    note: Words = Field(default_factory=dict)
    source: str = ""


class ActivityShape(Shape):
    """A training, campaign or joint undertaking with its own period and counts."""

    kind: ActivityKind
    title: Words
    period: Period
    organiser: Words = Field(default_factory=dict)
    audience: Words = Field(default_factory=dict)
    figures: dict[str, Part] = Field(default_factory=dict)
    target: Truth = Field(default=False, description="An aim, never shown as a result")
    part_of: str = Field(default="", description="The activity that already contains this one")
    note: Words = Field(default_factory=dict)
    source: str = ""


class RevisionShape(Shape):
    """A value of an earlier year restated."""

    figure: str
    year: Whole
    was: Value
    now: Value
    reason: Words
    note: Words = Field(default_factory=dict, description="What must be said with the new value besides the reason")


class AcceptedShape(Shape):
    """A finding the rapporteur answers for."""

    rule: str
    figure: str
    year: Whole | None = None
    comparable: Truth = Field(default=True, description="false: the figure is in doubt and is compared with no other")
    reason: Words


class DifferenceShape(Shape):
    """Why a figure differs from what another publication says."""

    publication: str = Field(description="Code of the source that says otherwise")
    figure: str
    year: Whole | None = None
    published: Published = Field(description="What it says: a number, or a mask such as <5")
    reason: Words


class YearShape(Shape):
    """The file of one reference year."""

    year: Whole
    status: EditionStatus = EditionStatus.DRAFT
    published: Date = ""
    data_cutoff: Date = ""
    source: str
    figures: dict[str, Figure] = Field(default_factory=dict)
    countries: list[CountriesShape] = Field(default_factory=list)
    activities: dict[Code, ActivityShape] = Field(default_factory=dict)
    revisions: list[RevisionShape] = Field(default_factory=list)
    earlier: dict[str, Restatement] = Field(default_factory=dict)
    accepted: list[AcceptedShape] = Field(default_factory=list)
    differences: list[DifferenceShape] = Field(default_factory=list)


class ContactShape(Shape):
    """An office that can be reached; never a person."""

    name: Words
    role: Words = Field(default_factory=dict)
    telephone: Text = ""
    email: str = ""
    website: str = ""
    since: Whole | None = None
    until: Whole | None = None


class InstitutionShape(Shape):
    """A body that takes part in the work."""

    name: Words
    role: Words = Field(default_factory=dict)
    since: Whole | None = None
    until: Whole | None = None


class ProvisionShape(Shape):
    """A legal provision with its penalties or periods."""

    law: Words
    subject: Words
    article: Text = ""
    since: Date = ""
    until: Date = ""
    least: Words = Field(default_factory=dict, description="The lightest penalty, when it has no number: a fine")
    figures: dict[str, Part] = Field(default_factory=dict)
    note: Words = Field(default_factory=dict)


class PlanShape(Shape):
    """An action plan or framework programme."""

    name: Words
    period: Period
    framework: Truth = False
    adopted: Date = ""
    evaluated: Date = ""
    focus: Words = Field(default_factory=dict)
    note: Words = Field(default_factory=dict)


class ReferenceShape(Shape):
    """A document or website named under Resources."""

    group: Literal["legislation", "plan", "report", "link"]
    title: Words
    url: str = ""
    since: Whole | None = None


class CountryShape(Shape):
    """The file `country.yaml`."""

    code: str = Field(pattern=r"^[A-Z]{2}$")
    name: Words = Field(default_factory=dict, description="Only when it is not the name in the Unicode CLDR")
    rapporteur: Words
    publisher: Words
    source: str
    found_at: str = Field(default="", description="The address at which the profiles are published")
    mappings: dict[str, str] = Field(default_factory=dict, description="What other publications call its citizens")
    contacts: dict[Code, ContactShape] = Field(default_factory=dict)
    institutions: dict[str, InstitutionShape] = Field(default_factory=dict)
    provisions: dict[Code, ProvisionShape] = Field(default_factory=dict)
    plans: dict[Code, PlanShape] = Field(default_factory=dict)
    references: dict[str, ReferenceShape] = Field(default_factory=dict)
    methodology: Methodology = Field(
        default_factory=dict, description="A text for a heading of ESMS, true of every edition; facts are added to it"
    )


class CodeShape(Shape):
    """A member of a dimension."""

    label: Words
    within: str = ""
    combines: list[str] = Field(default_factory=list)
    mappings: dict[str, str] = Field(default_factory=dict)


class DimensionShape(Shape):
    """An axis besides country and year."""

    label: Words
    subset: Truth = Field(default=False, description="Codes are 'of which' and need not make the total")
    mappings: dict[str, str] = Field(default_factory=dict)
    codes: dict[Code, CodeShape]


class IndicatorShape(Shape):
    """What is measured."""

    label: Words
    unit: Unit
    kind: Kind
    population: str
    definition: Words
    definitions: dict[str, Words] = Field(default_factory=dict)
    dimensions: list[str] = Field(default_factory=list)
    terms: dict[str, list[str]] = Field(default_factory=dict)
    mappings: dict[str, str] = Field(default_factory=dict)
    key: Whole = Field(default=0, description="Rank on the page At a glance; 0 for never")
    icon: str = ""
    accent: Whole = 0


class SourceShape(Shape):
    """Where figures come from."""

    title: Words
    publisher: Words
    url: str = ""
    published: Date = ""
    accessed: Date = ""
    note: Words = Field(default_factory=dict)
    layout: Literal["", "glotip"] = Field(
        default="", description="That of its files, where reporter reconcile knows it"
    )


class AbbreviationShape(Shape):
    """A short form, printed in the annex of editions using it."""

    short: Words
    full: Words


class SplitShape(Shape):
    """A breakdown that Article 19a asks for, and its codes here."""

    label: Words
    dimension: str = Field(default="", description="Left out: no figure is broken down like this")
    codes: list[str] = Field(default_factory=list, description="The codes that tell it; left out: all of them")


class ItemShape(Shape):
    """An item of Article 19a, which indicators map to as art19a."""

    label: Words
    breakdowns: list[str] = Field(default_factory=list)


class DutyShape(Shape):
    """What Article 19a of Directive 2011/36/EU asks for."""

    note: Words = Field(default_factory=dict, description="Printed below the table of coverage")
    breakdowns: dict[Code, SplitShape] = Field(default_factory=dict)
    items: dict[Code, ItemShape] = Field(default_factory=dict)


class CatalogueShape(Shape):
    """The file `data/catalogue.yaml`."""

    sources: dict[str, SourceShape]
    dimensions: dict[Code, DimensionShape]
    indicators: dict[IndicatorCode, IndicatorShape]
    abbreviations: dict[Code, AbbreviationShape] = Field(default_factory=dict)
    article_19a: DutyShape = Field(default_factory=DutyShape)
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
    deadlines: dict[Code, DeadlineShape] = Field(default_factory=dict, description="What is due, and when")


SHAPES: dict[str, type[Shape]] = {
    "workspace": WorkspaceShape,
    "catalogue": CatalogueShape,
    "country": CountryShape,
    "year": YearShape,
    "edition": ReleaseShape,
}
