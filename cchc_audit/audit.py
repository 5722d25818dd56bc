"""Paths to an `Audit`: the arrows of the pipeline, one call each."""

from __future__ import annotations
