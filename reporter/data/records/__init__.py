"""Frozen types for the data, which every room uses."""

from reporter.data.records.accepted import Accepted, accepts, answer_to, is_about, with_reason
from reporter.data.records.calendar import in_force
from reporter.data.records.catalogue import (
    Abbreviation,
    Catalogue,
    Code,
    Component,
    Dataflow,
    Dimension,
    Duty,
    DutyItem,
    Holds,
    Indicator,
    Kind,
    OwnMeaning,
    Source,
    Split,
    Transmission,
    Unit,
    joint_catalogue,
)
from reporter.data.records.country import (
    CHALLENGES,
    RECOMMENDATIONS,
    Activity,
    ActivityKind,
    Agency,
    Contact,
    Country,
    CountryList,
    Difference,
    EditionStatus,
    Esms,
    FollowUp,
    Institution,
    ListKind,
    Passage,
    Plan,
    Provision,
    Recommendation,
    RecommendationState,
    Reference,
    Restated,
    Role,
    StillHolds,
    YearFile,
    is_listed,
)
from reporter.data.records.dataset import (
    Annexes,
    ChartChoice,
    CountryData,
    Dataset,
    Permission,
    Settings,
    Vintage,
    Wording,
    from_year,
    vintage,
)
from reporter.data.records.imported import ExternalCell, ExternalValue, Publication
from reporter.data.records.label import Label
from reporter.data.records.observation import Confidentiality, Flag, Observation, Qualifier, Revision, Series, Status
from reporter.data.records.protection import (
    Because,
    Decision,
    DisclosureRules,
    FigureWeight,
    Protection,
    RoundedFigure,
    Threshold,
    is_named,
)
from reporter.data.records.received import (
    Asked,
    AskedAgencies,
    ChangedWords,
    Received,
    ReceivedAnswer,
    ReceivedRemarks,
    RemarkKind,
    RemarkReply,
    ReviewRemark,
)
from reporter.data.records.release import (
    PLACES,
    Approval,
    Approved,
    Audience,
    Channel,
    Deadline,
    Mail,
    PackagePart,
    Recipient,
    Release,
    Rhythm,
    Security,
    folded_name,
    plain_name,
)
from reporter.data.records.value_status import is_given, is_hidden, is_withheld
