"""
Schedules, slots, holds and appointments: never double-booked.

Instants are whole minutes since 1970 in UTC (`starts`, `ends`): exact, and quick to search. What
people read is a date and a time in the clinic's zone; the wall time that was promised to the
patient is kept beside the instant.
"""

from corneum.clinic.diary.models.appointments import Appointment, Hold
from corneum.clinic.diary.models.schedules import Block, Owner, Schedule
from corneum.clinic.diary.models.slots import BusyWeek, Slot

__all__ = ["Appointment", "Block", "BusyWeek", "Hold", "Owner", "Schedule", "Slot"]
