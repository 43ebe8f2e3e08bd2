"""The shapes of the files, for Pydantic and the JSON Schemas, with which editors complete."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from reporter.data.read.amount import UNANSWERED, WORDS, Amount
from reporter.data.read.fields import (
    AMOUNT_SCHEMA,
    Code,
    IndicatorCode,
    Language,
    Methodology,
    Natural,
    Number,
    Period,
    Shape,
    Text,
    Value,
    Whole,
    Words,
)
from reporter.data.read.record_shapes import Address, ListCode, Sha256, Written
from reporter.data.records import (
    Accepted,
    Activity,
    Annexes,
    Approval,
    AskedAgencies,
    Catalogue,
    ChartChoice,
    Component,
    Confidentiality,
    Country,
    CountryList,
    Dataflow,
    Deadline,
    Decision,
    Difference,
    DisclosureRules,
    Flag,
    FollowUp,
    Mail,
    OwnMeaning,
    Permission,
    Provision,
    Received,
    ReceivedRemarks,
    Recipient,
    Recommendation,
    Release,
    Source,
    StillHolds,
    Transmission,
    YearFile,
    catalogue,
)
from reporter.data.theme.tokens import DEFAULT


class ProgramShape(Shape):
    """The program that made the files."""

    version: Text
    sha256: Sha256 = Field(description="The SHA-256 of the list of its files")


class ReleaseShape(Written[Release]):
    """The file of a published edition, written by the program."""

    country: str = Field(pattern=r"^[A-Z]{2}$")
    reason: Words = Field(default_factory=dict, description="Of a corrigendum")
    program: ProgramShape
    seal: Sha256 = Field(description="The checksum of everything else")


class ProtectionShape(Shape):
    """The file of the figures that one edition withholds from the public."""

    seed: str = Field(default="", description="Seed of the random choices; keep it secret, and do not change it")
    withheld: dict[str, dict[str, Written[Decision]]] = Field(
        default_factory=dict, description="The withheld figures, by year and address"
    )
    rounded: dict[str, dict[str, Natural]] = Field(
        default_factory=dict,
        description="The values rounded to a multiple of five, by year and figure, including totals",
    )


class ApprovalsShape(Shape):
    """The approvals of an edition, written by the program."""

    country: str = Field(pattern=r"^[A-Z]{2}$")
    year: Whole
    approvals: list[Written[Approval]] = Field(description="Oldest first; withdrawn approvals stay")


class PartShape(Shape):
    """A breakdown's value, or a count of an activity or provision."""

    value: Value = Field(description="A number, 'at least N', 'over N', 'about N', or a word for no value")
    note: Words = Field(default_factory=dict, description="Printed as a footnote wherever the value is")
    flags: list[Flag] = Field(default_factory=list, description="Eurostat flags, in addition to those of the figure")
    confidentiality: Confidentiality = Field(default=Confidentiality.FREE, description="Why the value is withheld")
    part_of: str = Field(
        default="", description="The part or count that already includes this one, so that they are not added up"
    )


Part = Annotated[
    PartShape,
    BeforeValidator(lambda written: written if isinstance(written, dict) else {"value": written}),
    WithJsonSchema({"anyOf": [AMOUNT_SCHEMA, {"type": "object"}]}),
]


class FigureShape(Shape):
    """A figure of the year: total, breakdowns (`by form`) and remarks."""

    model_config = ConfigDict(extra="allow", arbitrary_types_allowed=True, defer_build=True)
    __pydantic_extra__: dict[str, dict[str, Part]]

    total: Value = Field(
        default=Amount(None, WORDS["missing"]),
        description="The whole: a number, 'at least N', 'over N', 'about N', or a word for no value; never added up",
    )
    flags: list[Flag] = Field(default_factory=list, description="Eurostat flags, for the total and all parts")
    confidentiality: Confidentiality = Field(default=Confidentiality.FREE, description="Why the total is withheld")
    definition: str = Field(default="", description="Code of the definition in the catalogue, if not the usual one")
    source: str = Field(default="", description="Code of the source, if not the file's")
    note: Words = Field(default_factory=dict, description="Printed as a footnote wherever the figure is")
    period: Period = Field(default="", description="The period of the figure, if not the reference year")
    incomplete: list[str] = Field(
        default_factory=list,
        description="Breakdowns in which some are not distinguished, so that the parts add up to less",
    )
    part_of: str = Field(
        default="", description="The figure that already includes this one, so that they are not added up"
    )


def is_part_of_figure(name: str) -> bool:
    """Whether a key belongs inside a figure: `total`, `by form`."""
    return name in FigureShape.model_fields or name.startswith("by ")


def misplaced_part(name: str) -> tuple[str, str, str]:
    what = f"{name!r} appears where the name of a figure is expected"
    return "unknown-indicator", what, "indent it below its figure"


Figure = Annotated[
    FigureShape, BeforeValidator(lambda written: written if isinstance(written, dict) else {"total": written})
]
Restatement = Annotated[dict[str, Value], Field(description="The figures of that year, as repeated in this year")]


class ActivityShape(Written[Activity]):
    """A training, campaign or joint undertaking with its own period and counts."""

    figures: dict[str, Part] = Field(
        default_factory=dict, description="Its counts, by catalogue codes that start with 'activity.'"
    )


class CountryListShape(Written[CountryList]):
    """A list of countries named, and what kind of list it is."""

    named: Annotated[
        list[str],
        BeforeValidator(lambda written: [UNANSWERED] if written == UNANSWERED else written),
        AfterValidator(tuple),
        WithJsonSchema({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"const": UNANSWERED}]}),
    ] = Field(default_factory=list, description=f"ISO codes, EL and UK as the EU writes them; {UNANSWERED} in a draft")

    @property
    def is_unanswered(self) -> bool:
        return UNANSWERED in self.named


class RevisionShape(Shape):
    """A restated value of an earlier year."""

    figure: str = Field(description="The figure that changed")
    year: Whole = Field(description="The earlier year of the figure")
    was: Value = Field(description="The value published before")
    now: Value = Field(description="The revised value")
    reason: Words = Field(description="Reason for the change; printed in the report")
    note: Words = Field(default_factory=dict, description="What to say about the new value in addition to the reason")


Chosen = Annotated[
    list[IndicatorCode],
    BeforeValidator(lambda written: [written] if isinstance(written, str) else written),
    AfterValidator(tuple),
    WithJsonSchema({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}]}),
]


class YearShape(Written[YearFile]):
    """The file of one reference year."""

    eurostat: dict[str, Chosen] = Field(
        default_factory=dict, description="The figure for a Eurostat table in this year; default: the first known"
    )
    figures: dict[str, Figure] = Field(default_factory=dict, description="The numbers of the year, by indicator")
    countries: list[CountryListShape] = Field(
        default_factory=list, description="Countries named by the source, a list for each kind"
    )
    activities: dict[Code, ActivityShape] = Field(
        default_factory=dict, description="Training, campaigns and joint work, each under its own code"
    )
    recommendations: dict[Code, Written[Recommendation]] = Field(
        default_factory=dict,
        description="Addressees and dates of the year's recommendations, by the codes of their titles",
    )
    earlier_recommendations: dict[Code, Written[FollowUp]] = Field(
        default_factory=dict, description="Follow-up to recommendations of earlier years, by their codes"
    )
    revisions: list[RevisionShape] = Field(
        default_factory=list, description="Revised figures of earlier years, with the reason"
    )
    earlier: dict[str, Restatement] = Field(
        default_factory=dict,
        description="Figures of earlier years that the source repeats, by year; checked against those given then",
    )
    accepted: list[Written[Accepted]] = Field(
        default_factory=list, description="Accepted findings, each with the reason"
    )
    differences: list[Written[Difference]] = Field(
        default_factory=list, description="Why a figure differs from another publication"
    )
    still_holds: list[Written[StillHolds]] = Field(
        default_factory=list, description="Texts of earlier years confirmed for this year"
    )


class ProvisionShape(Written[Provision]):
    """A legal provision with its penalties or periods."""

    figures: dict[str, Part] = Field(
        default_factory=dict, description="Penalties and periods, by catalogue codes that start with 'law.'"
    )


class CountryShape(Written[Country]):
    """The file `country.yaml`."""

    code: str = Field(
        pattern=r"^[A-Z]{2}$", description="The two-letter code of the country, as in its folder; Greece is EL"
    )
    provisions: dict[Code, ProvisionShape] = Field(
        default_factory=dict, description="Law: offences with their penalties, rights with their periods"
    )
    methodology: Methodology = Field(
        default_factory=dict, description="Text for an ESMS heading, valid for every edition; facts are added to it"
    )
    headings: dict[Code, Words] = Field(
        default_factory=dict, description="Name of a section on the Commission's page, such as the name of a law"
    )
    sources: dict[str, Written[Source]] = Field(
        default_factory=dict, description="This country's own sources, in addition to those of the catalogue"
    )
    indicators: dict[IndicatorCode, Written[OwnMeaning]] = Field(
        default_factory=dict, description="What the country counts, if it differs from the catalogue"
    )
    codes: dict[Code, dict[Code, Written[catalogue.Code]]] = Field(
        default_factory=dict,
        description="This country's own codes, by dimension: each within a catalogue code, or combining several",
    )


class ComponentShape(Written[Component]):
    """A dimension of a table, and what its codes come from."""

    decisions: dict[str, ListCode] = Field(
        default_factory=dict, description="Codes on which official lists disagree; overrides their mappings"
    )


class DataflowShape(Written[Dataflow]):
    """A table of Eurostat: its dimensions in order, and kinds of persons."""

    dimensions: list[str]
    figures: list[str]


class TransmissionShape(Written[Transmission]):
    """Which figures go to Eurostat, and under which codes."""

    figures: dict[ListCode, list[str]] = Field(
        default_factory=dict, description="The indicators for each kind of person; the first with a value is sent"
    )
    dimensions: dict[Code, ComponentShape] = Field(default_factory=dict)
    dataflows: dict[ListCode, DataflowShape] = Field(default_factory=dict)


class CatalogueShape(Written[Catalogue]):
    """The file `data/catalogue.yaml`."""

    eurostat: TransmissionShape = Field(default_factory=TransmissionShape)


def _size(written: object) -> object:
    if isinstance(written, str) and not re.fullmatch(r"[1-9]\d{0,2}", written, re.ASCII):
        raise ValueError(f"{written[:40]!r} is not a number of megabytes | write a whole number from 1 to 999")
    return written


Size = Annotated[int, BeforeValidator(_size), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 999})]


class MailShape(Written[Mail]):
    """The mail server and the sender; never a password."""

    port: Whole | None = Field(default=None, description="Port of the server; default: 587 for starttls, 465 for tls")
    size_limit: Size = Field(default=20, description="Largest message in megabytes, including the attachment")

    @model_validator(mode="before")
    @classmethod
    def no_password(cls, written: object) -> object:
        """Refuse a password: in a file it would be in every copy."""
        if isinstance(written, dict) and "password" in written:
            remedy = "delete the line; enter the password when asked, or set REPORTER_SMTP_PASSWORD in the environment"
            raise ValueError(f"a password must not be in a file | {remedy}")
        return written


class RecipientShape(Written[Recipient]):
    """An office that gets the package, by mail or through a folder from which a person uploads it."""

    address: Address | None = Field(default=None, description="Mail address, if the package is sent by mail")
    folder: str = Field(default="", description="Folder for the package, if it is saved to a folder")


class ThresholdsShape(Shape):
    """When percentages are printed, and when a change needs a comment."""

    percent_base: Natural = Field(
        default=50, description="The smallest total for which a percentage is printed; below it: 16 of 24"
    )
    jump: Number = Field(
        default=0.5,
        description="Change from the previous year that needs a comment: 0.5 is an increase or decrease by half",
    )
    jump_count: Natural = Field(default=10, description="A change of no more than this needs no comment")


class WorkspaceShape(Shape):
    """The file `reporter.yaml`."""

    title: Words = Field(description="The title of every report")
    languages: list[Language] = Field(description="Languages of the reports, as codes, the main one first")
    country: str = Field(
        default="", description="The country that commands use if none is named; default: all countries"
    )
    theme: str = Field(
        default=DEFAULT, description="Theme of the reports: ministry, eu-blue, or a folder themes/NAME of the workspace"
    )
    licence: Literal["", "CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0"] = Field(
        default="", description="Licence for reuse of the reports; default: none is printed"
    )
    reuse: Words = Field(
        default_factory=dict,
        description="Conditions for reuse of the reports, if the licence or its standard text does not state them",
    )
    thresholds: ThresholdsShape = Field(
        default_factory=ThresholdsShape, description="When percentages are printed, and when changes need a comment"
    )
    charts: Written[ChartChoice] | None = Field(
        default=None, description="Charts shown in profiles; default: as in docs/blocks.md"
    )
    annexes: Annexes = Field(
        default=Annexes.SHORT,
        description=(
            "short: details for statisticians are a second document, Data and methods; full: they are in the profile"
        ),
    )
    publish_machine_translation: list[Language] = Field(
        default_factory=list,
        description=(
            "Languages in which editions may be published with words of the program that were translated by machine and"
            " not reviewed; the editions say so"
        ),
    )
    mail: MailShape | None = Field(default=None, description="The mail server and the sender")
    recipients: dict[Code, RecipientShape] = Field(default_factory=dict, description="Who gets the package")
    publish_small_counts: list[Written[Permission]] = Field(
        default_factory=list, description="Small counts that may be published; default: none"
    )
    disclosure: Written[DisclosureRules] | None = Field(
        default=None, description="Rules by which reporter protect chooses the withheld figures"
    )
    deadlines: dict[Code, Written[Deadline]] = Field(default_factory=dict, description="Reporting duties and deadlines")
    approvals: Natural = Field(
        default=0,
        description=(
            "Number of persons, other than the one who publishes it, who must approve an edition; default: none"
        ),
    )


SHAPES: dict[str, type[Shape]] = {
    "workspace": WorkspaceShape,
    "catalogue": CatalogueShape,
    "country": CountryShape,
    "year": YearShape,
    "edition": ReleaseShape,
    "approvals": ApprovalsShape,
    "protection": ProtectionShape,
    "received": Written[Received],
    "asked": Written[AskedAgencies],
    "remarks": Written[ReceivedRemarks],
}
