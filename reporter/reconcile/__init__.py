"""The national figures against another publication of the same figures: what agrees, what differs, and why perhaps."""

from reporter.reconcile.matching import reconcile
from reporter.reconcile.verdicts import Comparison, Fault, Pattern, Reading, Result, Verdict

__all__ = ["Comparison", "Fault", "Pattern", "Reading", "Result", "Verdict", "reconcile"]
