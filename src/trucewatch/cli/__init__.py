"""The command line: one module a command; it says things to people and decides nothing."""

from trucewatch.cli.main import main

__all__ = ["main"]
