"""Pauses grow, end growing, and are spread."""

from datetime import timedelta

from corneum.platform.jobs.pauses import any_chance, pause_after


def test_pause_after_doubles_up_to_four_hours():
    pauses = [pause_after(attempts, chance=0.5) for attempts in (1, 2, 3, 12, 1_000)]

    assert pauses == [
        timedelta(seconds=10),
        timedelta(seconds=20),
        timedelta(seconds=40),
        timedelta(hours=4),
        timedelta(hours=4),
    ]


def test_pause_after_ends_at_the_longest_that_was_asked_for():
    assert pause_after(50, chance=0.5, longest=timedelta(minutes=8)) == timedelta(minutes=8)


def test_pause_after_spreads_those_that_failed_together():
    assert pause_after(1, chance=0.0) == timedelta(seconds=5)
    assert pause_after(1, chance=1.0) == timedelta(seconds=15)


def test_any_chance_is_between_nothing_and_certainty():
    drawn = {any_chance() for _ in range(100)}

    assert len(drawn) > 90
    assert all(0 <= chance <= 1 for chance in drawn)
