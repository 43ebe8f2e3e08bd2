"""Frozen types for the data, which every room uses."""

from reporter.model.accepted import Accepted, accepts, answer_to, is_about, with_reason
from reporter.model.calendar import in_force
from reporter.model.catalogue import (
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
from reporter.model.country import (
    Activity,
    ActivityKind,
    Agency,
    Country,
    CountryList,
    Difference,
    EditionStatus,
    Esms,
    ListKind,
    Passage,
    Plan,
    Provision,
    Restated,
    StillHolds,
    YearFile,
)
from reporter.model.dataset import (
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
from reporter.model.external import ExternalCell, ExternalValue, Publication
from reporter.model.label import Label
from reporter.model.observation import Confidentiality, Flag, Observation, Qualifier, Revision, Series, Status
from reporter.model.office import Contact, Institution, Reference, Role, is_listed
from reporter.model.proposal import CHALLENGES, RECOMMENDATIONS, FollowUp, Recommendation, RecommendationState
from reporter.model.protection import (
    Because,
    Decision,
    DisclosureRules,
    FigureWeight,
    Protection,
    RoundedFigure,
    Threshold,
    is_named,
)
from reporter.model.received import (
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
from reporter.model.recipient import PLACES, Audience, Channel, Mail, PackagePart, Recipient, Security
from reporter.model.release import Approval, Approved, Deadline, Release, Rhythm, folded_name, plain_name
from reporter.model.seen import is_given, is_hidden, is_withheld
