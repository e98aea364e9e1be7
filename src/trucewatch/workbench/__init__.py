"""The workbench: a local web app to read, judge and decide on what was found. `create_app` makes it.

Pages are made on the server; scripts only bind the map, the keys and the filters. Nothing is asked of other hosts.
"""

from __future__ import annotations

from trucewatch.workbench.app import create_app

__all__ = ["create_app"]
