"""When: expressions of time, what they stand for, and which of them dates an event.

Intervals are whole days, both ends included. A weekday looks back from the publication date or forward
by the tense of its verb and the event's status; without a publication date it stands for no date.
A time that hangs on a verb of saying dates the saying. The publication date itself is never given to
an event.
"""

from __future__ import annotations

from trucewatch.reading.times.dating import time_of
from trucewatch.reading.times.expression import TimeExpression
from trucewatch.reading.times.finding import find_times

__all__ = ["TimeExpression", "find_times", "time_of"]
