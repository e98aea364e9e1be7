"""One pass of the tagger and parser over a document's paragraphs. Nothing here knows of war."""

from trucewatch.language.parsed import Paragraph, Parsed
from trucewatch.language.pipeline import parse, parse_many, pipeline_version

__all__ = ["Paragraph", "Parsed", "parse", "parse_many", "pipeline_version"]
