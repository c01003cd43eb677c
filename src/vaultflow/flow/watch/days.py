"""When a new day begins for the watcher: by the local date, never by counting hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)


def local_time(moment: datetime, timezone: str) -> datetime:
    """The moment as clocks show it there.

    Args:
        moment: with its time zone.
        timezone: IANA name; the computer's own zone when empty.
    """
    return moment.astimezone(ZoneInfo(timezone) if timezone else None)


def day_turns(local: datetime, last: date | None, starts: str) -> bool:
    """Whether the new day's pages are to be made now, though nothing was edited.

    Args:
        local: what clocks show.
        last: the day as of which pages were last made; None when they never were.
        starts: the time of day from which on a new day counts, `04:00`.
    """
    today = local.date()
    if last is None or today == last:
        return last is None
    if today < last:
        # A day back is a zone or a clock that was set a little; more means that it was wrong.
        return last - today > ONE_DAY
    return local.time() >= time.fromisoformat(starts) or today - last > ONE_DAY
