"""Briefs: what is said to have happened under a truce in a period, with every number traced to its pages."""

from trucewatch.briefs.build import build
from trucewatch.briefs.render import render_html, render_markdown
from trucewatch.briefs.values import Brief
from trucewatch.briefs.word import render_docx

__all__ = ["Brief", "build", "render_docx", "render_html", "render_markdown"]
