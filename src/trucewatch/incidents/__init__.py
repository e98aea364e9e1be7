"""Incidents: copies found, reports of one happening joined, with a reason for each join."""

from trucewatch.incidents.copies import Copy, copies
from trucewatch.incidents.decided import report_at, reports_at
from trucewatch.incidents.denials import HOSTILE, NEAR, denials_on
from trucewatch.incidents.joining import Joiner, join
from trucewatch.incidents.page import Page, iso_day
from trucewatch.incidents.voices import Voice, distinct, voices

__all__ = [
    "HOSTILE", "NEAR", "Copy", "Joiner", "Page", "Voice",
    "copies", "denials_on", "distinct", "iso_day", "join", "report_at", "reports_at", "voices",
]
