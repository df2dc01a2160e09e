"""Schedules, slots, holds and appointments: never double-booked."""
