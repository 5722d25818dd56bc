"""The one clock. SOURCE_DATE_EPOCH (seconds since 1970, UTC) stops it, so that runs can be repeated."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC, or the moment SOURCE_DATE_EPOCH names."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)
