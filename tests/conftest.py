"""Its being here makes the helpers beside it importable by every test."""

from __future__ import annotations

from hypothesis import settings

# A loaded machine is no fault of the code: what a property test asks is whether it holds, not how fast.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
