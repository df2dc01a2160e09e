"""Busy: what one lane has already, as the two masks that say how near to it another visit may come."""

WEEK = 7 * 24 * 60  # minutes; weeks are counted from 1970 in UTC, so none is longer or shorter
WEEK_BYTES = WEEK // 8
