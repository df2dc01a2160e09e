"""The board of times, laid out from a list of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from corneum.clinic.booking.board import DAYS, Board, lay_out
from tests.factories.diary import clocks, minute

LONDON = "Europe/London"
MONDAY = date(2026, 3, 9)
OPEN_DAYS = [day for n in range(20) if (day := MONDAY + timedelta(days=n)).weekday() != 6]


@dataclass
class Time:
    """A time that the diary offers."""

    starts: int
    ends: int


def offered(*walls: str, minutes: int = 30) -> list[Time]:
    """Write what the diary offers."""
    return [Time(minute(wall), minute(wall) + minutes) for wall in walls]


def board_of(*walls: str, part: str = "", first: date | None = None) -> Board:
    """Lay these times out."""
    return lay_out(offered(*walls), open_days=OPEN_DAYS, zone=LONDON, part=part, first=first)


def days_of(board: Board) -> list[str]:
    """Name the days of a board by their dates in March."""
    return [f"{day.on.day}:{day.count}" for day in board.days]


def test_lay_out_opens_on_the_first_day_with_times_after_one_that_is_full():
    board = board_of("2026-03-12T09:30", "2026-03-13T10:00")

    assert days_of(board) == ["11:0", "12:1", "13:1", "14:0", "16:0"]
    assert [day.on.day for day in board.days if day.is_soonest] == [12]


def test_lay_out_opens_today_when_today_has_times():
    assert days_of(board_of("2026-03-09T11:00")) == ["9:1", "10:0", "11:0", "12:0", "13:0"]


def test_lay_out_leaves_closed_days_out():
    assert 15 not in [day.on.day for day in board_of("2026-03-14T09:30").days]


def test_lay_out_parts_the_day_at_noon_and_at_five():
    (day, *_) = board_of("2026-03-09T09:00", "2026-03-09T12:00", "2026-03-09T16:59", "2026-03-09T17:30").days

    parts = [(part.name, clocks(list(times))) for part, times in day.parts]
    assert parts == [("Morning", ["09:00"]), ("Afternoon", ["12:00", "16:59"]), ("Evening", ["17:30"])]


def test_lay_out_reads_the_clock_on_the_wall_in_summer():
    board = lay_out(offered("2026-04-01T11:30"), open_days=[date(2026, 4, 1)], zone=LONDON)

    assert [part.name for part, _ in board.days[0].parts] == ["Afternoon"]  # half past twelve in London


def test_lay_out_thins_times_that_overlap_to_those_that_follow_one_another():
    board = board_of("2026-03-09T09:00", "2026-03-09T09:15", "2026-03-09T09:30", "2026-03-09T09:45", "2026-03-09T10:15")

    assert clocks(list(board.days[0].parts[0][1])) == ["09:00", "09:30", "10:15"]


def test_lay_out_shows_one_part_of_the_day_when_asked():
    board = board_of("2026-03-09T09:00", "2026-03-10T14:00", part="afternoon")

    assert days_of(board) == ["9:0", "10:1", "11:0", "12:0", "13:0"]


def test_lay_out_offers_no_earlier_page_at_the_beginning():
    board = board_of("2026-03-09T11:00")

    assert (board.earlier, board.later) == (None, date(2026, 3, 14))


def test_lay_out_turns_five_open_days_either_way():
    board = board_of("2026-03-09T11:00", first=date(2026, 3, 16))

    assert (board.earlier, board.later) == (date(2026, 3, 10), date(2026, 3, 21))
    assert len(board.days) == DAYS


def test_lay_out_shows_the_last_days_when_asked_for_days_beyond_them():
    board = board_of("2026-03-09T11:00", first=date(2027, 1, 1))

    assert ([day.on for day in board.days], board.later) == (OPEN_DAYS[-5:], None)


def test_lay_out_says_where_the_next_time_is_when_the_page_has_none():
    board = board_of("2026-03-09T11:00", "2026-03-24T09:00", first=date(2026, 3, 16))

    assert (board.count, board.next_free) == (0, date(2026, 3, 24))


def test_lay_out_points_back_when_the_only_times_are_before():
    assert board_of("2026-03-09T11:00", first=date(2026, 3, 16)).next_free == MONDAY


def test_lay_out_says_when_there_is_nothing_at_all():
    board = board_of()

    assert (board.is_empty, board.count, board.next_free) == (True, 0, None)


def test_lay_out_bears_a_clinic_that_never_opens():
    board = lay_out([], open_days=[], zone=LONDON)

    assert (board.days, board.earlier, board.later, board.is_empty) == ((), None, None, True)


def test_lay_out_shows_times_that_overlap_to_whoever_asks_for_every_one():
    quarters = offered("2026-03-09T11:00", "2026-03-09T11:15", "2026-03-09T11:30")

    boards = [lay_out(quarters, open_days=OPEN_DAYS, zone=LONDON, every=every) for every in (False, True)]

    assert [board.count for board in boards] == [2, 3]
