"""Compare national figures with another publication of the same figures. What agrees, what differs, and why perhaps."""

from reporter.reconcile.matching import reconcile
from reporter.reconcile.repeated_years import Agreement, Comparison, Fault, Pattern, PossibleCause, Reconciliation
