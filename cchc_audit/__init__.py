"""Cross-checks the figures of Vietnamese ward administrative-reform reports."""

__version__ = "0.1.0"
