"""The only place that reads the clock: the shells (command line, server) do, and pass the day on."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

#: Asia/Shanghai has kept UTC+8 all year since 1992; a bare machine may have no time zone database.
_SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def today() -> date:
    """The day in Asia/Shanghai."""
    return datetime.now(_SHANGHAI).date()
