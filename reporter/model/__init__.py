"""What the data are: frozen types that every room speaks."""

from reporter.model.catalogue import Catalogue, Code, Dimension, Indicator, Kind, Label, Source, Unit
from reporter.model.country import (
    Accepted,
    Activity,
    ActivityKind,
    Contact,
    Country,
    CountryList,
    EditionStatus,
    Institution,
    ListKind,
    Passage,
    Plan,
    Provision,
    Reference,
    Restated,
    YearFile,
)
from reporter.model.dataset import CountryData, Dataset, Settings, Vintage, in_force, is_given, vintage
from reporter.model.observation import Confidentiality, Flag, Observation, Qualifier, Revision, Series, Status

__all__ = [
    "Accepted", "Activity", "ActivityKind", "Catalogue", "Code", "Confidentiality", "Contact", "Country",
    "CountryData", "CountryList", "Dataset", "Dimension", "EditionStatus", "Flag", "Indicator", "Institution",
    "Kind", "Label", "ListKind", "Observation", "Passage", "Plan", "Provision", "Qualifier", "Reference",
    "Restated", "Revision", "Series", "Settings", "Source", "Status", "Unit", "Vintage", "YearFile",
    "in_force", "is_given", "vintage",
]
