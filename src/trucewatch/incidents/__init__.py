"""Incidents: copies found, reports of one happening joined, with a reason for each join."""

from trucewatch.incidents.copies import Copy, copies
from trucewatch.incidents.decided import report_at, reports_at
from trucewatch.incidents.denials import HOSTILE, NEAR, denials_on
from trucewatch.incidents.joining import Joiner, join
from trucewatch.incidents.page import Page, iso_day

__all__ = [
    "HOSTILE", "NEAR", "Copy", "Joiner", "Page",
    "copies", "denials_on", "iso_day", "join", "report_at", "reports_at",
]
