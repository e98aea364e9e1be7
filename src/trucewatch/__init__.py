"""trucewatch: from scraped news pages to an auditable record of who says who did what to whom."""

__version__ = "0.1.0"
