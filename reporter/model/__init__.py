"""Frozen types for the data, which every room uses."""

from reporter.model.accepted import Accepted, accepts, answer_to, is_about, with_reason
from reporter.model.approval import Approval, folded_name, plain_name
from reporter.model.asked import Asked, AskedAgencies
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
from reporter.model.disclosure_rules import DisclosureRules, FigureWeight, Threshold, is_named
from reporter.model.external import ExternalCell, ExternalValue, Publication
from reporter.model.label import Label
from reporter.model.observation import Confidentiality, Flag, Observation, Qualifier, Revision, Series, Status
from reporter.model.office import Contact, Institution, Reference, Role, is_listed
from reporter.model.proposal import CHALLENGES, RECOMMENDATIONS, FollowUp, Recommendation, RecommendationState
from reporter.model.protection import Because, Decision, Protection, RoundedFigure
from reporter.model.received import Received, ReceivedAnswer
from reporter.model.recipient import PLACES, Audience, Channel, Mail, PackagePart, Recipient, Security
from reporter.model.release import Approved, Deadline, Release, Rhythm
from reporter.model.remark import ChangedWords, ReceivedRemarks, RemarkKind, RemarkReply, ReviewRemark
from reporter.model.seen import is_given, is_hidden, is_withheld
