"""
Every constraint of every model is broken once, on both databases, and answers with its name.

Uniqueness, append-only tables and overlaps are tried by what they are. A CHECK says something of
its own, so it needs a row that breaks it in CHECKS below; a new one without such a row fails here.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CheckConstraint, Field, Model, Q, UniqueConstraint

from corneum.clinic.diary.models import Appointment, Schedule
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner, RotaDay
from corneum.clinic.premises.models import Room
from corneum.clinic.treatments.models import Concern, Treatment
from corneum.clinic.waiting.models import Wait
from corneum.db.append_only import AppendOnly
from corneum.db.full_text import FullText
from corneum.db.no_overlap import NoOverlap
from corneum.db.ref import new_ref
from corneum.db.setup import SpoilsSetup
from corneum.db.spoils import Spoils
from corneum.platform.accounts.models import User
from tests.db.rows import NOW, facts, make, refusal

pytestmark = pytest.mark.django_db

Table = type[Model]
MODELS: list[Table] = [model for model in apps.get_models() if model.__module__.startswith("corneum.")]
CONSTRAINTS = [(model, constraint) for model in MODELS for constraint in model._meta.constraints]


def SOMEBODY() -> User:  # noqa: N802 -- reads as a value below; called for each row anew
    """Make somebody of the team."""
    return make(User)


# What to change in a good row so that one constraint is broken, and no other.
CHECKS: dict[str, dict[str, Any] | Callable[[], dict[str, Any]]] = {
    "accounts_membership_role_is_known": {"role": "boss"},
    "aftercare_sheet_when_is_known": {"when": "never"},
    "aftercare_text_approved_by_somebody": {"approved_at": NOW},
    "aftercare_text_when_is_known": {"when": "never"},
    "audit_change_actor_is_known": {"actor_kind": "ghost"},
    "audit_change_operation_is_known": {"operation": "truncate"},
    "audit_event_actor_is_known": {"actor_kind": "ghost"},
    "audit_event_staff_is_named": {"actor_kind": "staff"},
    "calendars_feed_is_of_what_it_says": {"what": "room"},
    "calendars_feed_revoked_at_with_revoked_by": {"revoked_at": NOW},
    "calendars_feed_shows_is_known": {"shows": "everything"},
    "calendars_foreign_fetched_sensibly_often": {"fetch_every": 0},
    "complaints_complaint_acknowledged_by_somebody": {"acknowledged_at": NOW},
    "complaints_complaint_answered_by_somebody": {"answered_at": NOW},
    "complaints_complaint_can_be_answered": {"contact_email": ""},
    "complaints_complaint_kind_is_known": {"kind": "mood"},
    "complaints_complaint_told_before_answered": {"acknowledge_by": "2026-03-10"},
    "complaints_entry_answer_was_given_somehow": {"kind": "answer"},
    "complaints_entry_kind_is_known": {"kind": "gossip"},
    "complaints_entry_way_is_known": {"kind": "answer", "way": "pigeon"},
    "consent_document_lasts_sensibly": {"lasts_days": 0},
    "consent_document_leaves_time_to_reflect": {"reflect_hours": 23},
    "consent_information_leaves_time": {"reflect_until": NOW},
    "consent_information_way_is_known": {"way": "post"},
    "consent_picture_purpose_is_known": {"purpose": "fun"},
    "consent_picture_way_is_known": {"way": "post"},
    "consent_picture_yes_is_their_own": {"way": "told", "agrees": True, "by": lambda: make(User)},
    "consent_signature_has_a_name": {"name": ""},
    "consent_signature_way_is_known": {"way": "post"},
    "consent_version_counts_from_one": {"number": 0},
    "consent_withdrawal_was_told_to_somebody": {"way": "told"},
    "consent_withdrawal_way_is_known": {"way": "post"},
    "courses_course_days_are_in_order": {"ideal_days": 4},
    "courses_course_ended_at_when_ended": {"state": "revoked"},
    "courses_course_ended_at_with_ended_by": {"ended_by": lambda: make(User)},
    "courses_course_has_a_weekday": {"weekdays": 0},
    "courses_course_has_several_visits": {"visits": 1},
    "courses_course_hours_are_in_order": {"until_minute": 0},
    "courses_course_state_is_known": {"state": "lost"},
    "courses_visit_number_exists": {"number": 0},
    "diary_appointment_arrived_at_with_arrived_by": {"arrived_at": NOW},
    "diary_appointment_cancelled_at_when_cancelled": {"status": "cancelled"},
    "diary_appointment_confirmed_how_is_known": {"confirmed_at": NOW, "confirmed_how": "pigeon"},
    "diary_appointment_confirmed_somehow": {"confirmed_at": NOW},
    "diary_appointment_ends_after_it_starts": {"ends": 0},
    "diary_appointment_finished_at_with_finished_by": {"finished_at": NOW},
    "diary_appointment_in_room_at_with_in_room_by": {"arrived_at": NOW, "arrived_by": SOMEBODY, "in_room_at": NOW},
    "diary_appointment_in_room_once_arrived": {"in_room_at": NOW, "in_room_by": SOMEBODY},
    "diary_appointment_late_within_three_hours": {"late_minutes": 181},
    "diary_appointment_left_at_with_left_by": {
        "status": "fulfilled",
        "finished_at": NOW,
        "finished_by": SOMEBODY,
        "left_at": NOW,
    },
    "diary_appointment_left_once_done": {"left_at": NOW, "left_by": SOMEBODY},
    "diary_appointment_pending_until": {"status": "pending"},
    "diary_appointment_status_is_known": {"status": "lost"},
    "diary_appointment_treated_once_arrived": {"treating_at": NOW, "treating_by": SOMEBODY},
    "diary_appointment_treated_once_in_room": {
        "arrived_at": NOW,
        "arrived_by": SOMEBODY,
        "in_room_at": NOW + timedelta(minutes=1),
        "in_room_by": SOMEBODY,
        "treating_at": NOW,
        "treating_by": SOMEBODY,
    },
    "diary_appointment_treating_at_with_treating_by": {"arrived_at": NOW, "arrived_by": SOMEBODY, "treating_at": NOW},
    "diary_block_ends_after_it_starts": {"ends": 0},
    "diary_block_kind_is_known": {"kind": "mood"},
    "diary_hold_ends_after_it_starts": {"ends": 0},
    "diary_schedule_is_of_exactly_one": {"patient": lambda: make(Patient)},
    "diary_schedule_people_are_one": {"room": None, "patient": lambda: make(Patient), "number": 2},
    "diary_slot_is_for_exactly_one": {"hold": None},
    "diary_slot_is_in_order": {"clear_from": 1},
    "enquiries_enquiry_answered_at_with_answered_by": {"answered_by": lambda: make(User)},
    "enquiries_enquiry_only_what_goes_on_is_snoozed": {"state": "closed", "snoozed_until": NOW},
    "enquiries_enquiry_source_is_known": {"source": "pigeon"},
    "enquiries_enquiry_state_is_known": {"state": "lost"},
    "enquiries_entry_kind_is_known": {"kind": "gossip"},
    "guides_article_is_due_after_its_review": {
        "reviewed_by": lambda: make(Practitioner),
        "reviewed_on": "2026-03-09",
        "review_due_on": "2026-03-09",
    },
    "guides_article_reviewed_on_with_reviewed_by": {"reviewed_on": "2026-03-09"},
    "guides_guide_is_due_after_its_review": {"review_due_on": "2026-03-09"},
    "guides_guide_reach_is_known": {"reach": "moon"},
    "guides_part_kind_is_known": {"kind": "gossip"},
    "guides_picture_focal_point_is_in_it": {"focal_x": 101},
    "guides_picture_has_words_or_is_decorative": {"alt": ""},
    "guides_picture_of_a_person_has_consent": {"shows_person": True},
    "guides_rendition_is_of_a_known_kind": {"kind": "gif"},
    "holding_time_ends_after_it_starts": {"ends": 0},
    "holding_times_appointment_when_taken": {
        "state": "declined",
        "closed_at": NOW,
        "appointment": lambda: make(Appointment),
    },
    "holding_times_can_be_chosen": {"expires_at": NOW},
    "holding_times_closed_at_when_closed": {"closed_at": NOW},
    "holding_times_state_is_known": {"state": "lost", "closed_at": NOW},
    "jobs_job_state_is_known": {"state": "lost"},
    "outbox_mailbox_validity_with_last_uid": {"last_uid": 1},
    "outbox_message_channel_is_known": {"channel": "pigeon"},
    "outbox_message_sent_at_when_sent": {"sent_at": NOW},
    "outbox_message_state_is_known": {"state": "lost"},
    "outbox_stopped_told_is_known": {"told": "nobody"},
    "patients_patient_can_be_reached": {"email": ""},
    "patients_patient_has_a_name": {"name": ""},
    "practitioners_hours_end_after_they_start": {"ends": "09:00"},
    "practitioners_hours_repeat_sensibly": {"every_weeks": 0},
    "practitioners_hours_stop_after_they_begin": {"valid_until": "2026-03-08"},
    "practitioners_hours_weekday_exists": {"weekday": 7},
    "practitioners_qualification_ends_after_it_starts": {"valid_until": "2026-03-08"},
    "practitioners_registration_body_is_known": {"body": "BBC"},
    "practitioners_registration_checked_at_with_checked_by": {"checked_at": NOW},
    "practitioners_registration_ends_after_it_starts": {"valid_until": "2026-03-08"},
    "practitioners_rota_day_ends_after_it_starts": {"starts": "09:00", "ends": "09:00"},
    "practitioners_rota_day_starts_with_ends": {"starts": "09:00"},
    "premises_device_has_places": {"places": 0},
    "premises_hours_close_after_they_open": {"closes": "09:00"},
    "premises_hours_weekday_exists": {"weekday": 7},
    "premises_premises_is_on_the_earth": {"latitude": 91, "longitude": 0},
    "premises_room_has_places": {"places": 0},
    "premises_room_kind_is_known": {"kind": "dungeon"},
    "premises_special_close_after_they_open": {"closes": "09:00"},
    "records_alert_ended_at_with_ended_by": {"ended_at": NOW},
    "records_alert_kind_is_known": {"kind": "mood"},
    "records_bound_is_in_order": {"least": 2, "most": 1},
    "records_link_kind_is_known": {"kind": "gossip"},
    "records_lot_has_a_number": {"number": ""},
    "records_opening_has_a_reason": {"reason": ""},
    "records_opening_lasts": {"until": NOW},
    "records_supervision_ends_after_it_starts": {"valid_until": "2026-03-08"},
    "records_supervision_is_by_another": lambda: dict.fromkeys(("practitioner", "supervisor"), make(Practitioner)),
    "reminders_choice_is_known": {"ways": "pigeon"},
    "reminders_reminder_sent_or_left_out": {"why_not": ""},
    "reminders_reminder_step_is_known": {"step": "pigeon"},
    "reminders_rules_within_two_weeks": {"email_hours": 337},
    "replacing_outage_closed_at_with_closed_by": {"closed_at": NOW},
    "replacing_outage_is_in_order": {"ends": -1},
    "replacing_outage_is_of_exactly_one": {"room": lambda: make(Room)},
    "replacing_outage_kind_is_known": {"kind": "mood"},
    "replacing_replacement_decided_at_by": {"state": "settled", "decided_at": NOW},
    "replacing_replacement_decided_at_when_decided": {"decided_at": NOW, "decided_by": lambda: make(User)},
    "replacing_replacement_has_place": {"state": "proposed"},
    "replacing_replacement_place_is_whole": {"state": "proposed", "starts": 0},
    "replacing_replacement_state_is_known": {"state": "lost", "decided_at": NOW, "decided_by": lambda: make(User)},
    "suitability_decision_is_known": {"ruling": "perhaps"},
    "suitability_decision_set_aside_was_agreed": {"sets_aside": True},
    "suitability_rules_signed_by_somebody": {"signed_at": NOW},
    "suitability_screening_alarm_by_somebody": {"alarm_raised_at": NOW, "alarm_answered_at": NOW},
    "suitability_screening_alarm_was_raised": {"alarm_answered_at": NOW, "alarm_answered_by": SOMEBODY},
    "suitability_screening_is_decided_once_sent": {"needs_decision": True, "submitted_at": None},
    "suitability_screening_purpose_is_known": {"purpose": "curious"},
    "treatments_choice_is_somebodys": {"who": "a cousin"},
    "treatments_evidence_strength_is_known": {"strength": "hearsay"},
    "treatments_need_buffers_are_under_two_hours": {"after": 121},
    "treatments_need_is_of_a_known_thing": {"what": "luck"},
    "treatments_offer_request_expires": {"request_hours": 0},
    "treatments_offer_step_is_sensible": {"step_minutes": 0},
    "treatments_offer_weekdays_exist": {"weekdays": 128},
    "treatments_treatment_family_is_known": {"family": "magic"},
    "treatments_treatment_gaps_are_in_order": {"gap_days": 14, "longest_gap_days": 7},
    "treatments_treatment_kind_is_known": {"kind": "magic"},
    "treatments_treatment_lasts_a_sensible_time": {"minutes": 4},
    "waiting_offer_appointment_when_accepted": {"appointment": lambda: make(Appointment)},
    "waiting_offer_can_be_answered": {"expires_at": NOW},
    "waiting_offer_closed_at_when_closed": {"closed_at": NOW},
    "waiting_offer_ends_after_it_starts": {"ends": 0},
    "waiting_offer_state_is_known": {"state": "lost", "closed_at": NOW},
    "waiting_passed_reason_is_known": {"reason": "mood"},
    "waiting_wait_can_be_reached": {"email": ""},
    "waiting_wait_ended_at_when_it_ends": {"ended_at": NOW},
    "waiting_wait_state_is_known": {"state": "lost", "ended_at": NOW},
    "waiting_wait_urgent_by_whom_and_why": {"is_urgent": True},
    "waiting_window_ends_after_it_starts": {"last": "2026-03-08"},
    "waiting_window_has_a_weekday": {"weekdays": 0},
    "waiting_window_has_hours": {"opens": 1440},
    "writing_page_is_of_one_thing": {"treatment": lambda: make(Treatment), "concern": lambda: make(Concern)},
    "writing_version_approved_at_with_approved_by": {"approved_at": NOW},
    "writing_version_counts_from_one": {"number": 0},
}
# What to fill in where a row without it is a good one too.
FILLED: dict[Table, dict[str, Any]] = {RotaDay: {"starts": "09:00", "ends": "17:00"}}
VISIT = {"purpose": "session", "visit": "r" * 26}
# What two rows have in common, where the constraint's own fields do not say it.
TWICE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "accounts_clinic_one_is_main": ({"is_main": True}, {"is_main": True}),
    "suitability_screening_one_a_visit": (VISIT, VISIT),
    "accounts_user_one_per_address": ({"email": "dana@example.org"}, {"email": "Dana@Example.org"}),
}
# What both must be, so that no other constraint is broken as well; a function is called for each anew.
BESIDES: dict[str, dict[str, Any]] = {
    "suitability_screening_one_open": {"is_proven": True},
    "waiting_offer_one_open_a_person": {"wait": lambda: make(Wait)},
    "waiting_offer_one_open_a_wait": {"person": new_ref, "starts": count(-100).__next__},
    "waiting_offer_never_the_same_twice": {"state": "declined", "closed_at": NOW},
}


def of_kind(kind: type) -> Any:
    """Run a test once for each constraint of this kind."""
    cases = [(model, each) for model, each in CONSTRAINTS if isinstance(each, kind)]
    return pytest.mark.parametrize(("model", "constraint"), cases, ids=[each.name for _, each in cases])


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_good_row_is_accepted(model):
    make(model)

    assert model._default_manager.count() == 1


@of_kind(CheckConstraint)
def test_check_refuses_a_bad_row(model, constraint):
    assert constraint.name in CHECKS, f"Write a row that breaks {constraint.name} into CHECKS."
    row = CHECKS[constraint.name]
    bad = facts(model, **(row() if callable(row) else row))

    name = refusal(lambda: model._default_manager.create(**bad))

    assert name == constraint.name


def test_every_row_breaks_a_check_that_there_is():
    assert CHECKS.keys() == {each.name for _, each in CONSTRAINTS if isinstance(each, CheckConstraint)}


@of_kind(UniqueConstraint)
def test_unique_constraint_refuses_a_second_row(model, constraint):
    filled = _filled(model, constraint.fields)
    shared = {
        name: value for name, value in filled.items() if not getattr(model._meta.get_field(name), "unique", False)
    }
    shared |= BESIDES.get(constraint.name, {})
    once, again = TWICE.get(constraint.name, (shared, shared))
    make(model, **once)
    second = facts(model, **again)

    name = refusal(lambda: model._default_manager.create(**second))

    assert name == constraint.name


def _filled(model: Table, names: Iterable[str]) -> dict[str, Any]:
    """Think of a good row in which none of these is empty: nothing is the same as nothing."""
    fields = [model._meta.get_field(name) for name in names]
    row = facts(model)
    for field in (field for field in fields if getattr(field, "null", False) and row.get(field.name) is None):
        row |= alone(model, field) if field.is_relation else FILLED[model]
    return row


UNIQUE_FIELDS = [
    (model, field)
    for model in MODELS
    for field in model._meta.concrete_fields
    if field.unique and not field.primary_key
]


@pytest.mark.parametrize(("model", "field"), UNIQUE_FIELDS, ids=[str(field) for _, field in UNIQUE_FIELDS])
def test_unique_field_refuses_a_second_row(model, field):
    first = make(model, **alone(model, field))
    second = facts(model, **{**alone(model, field), field.name: getattr(first, field.name)})

    name = refusal(lambda: model._default_manager.create(**second))

    expressions = {each.name for each in model._meta.constraints if isinstance(each, UniqueConstraint)}
    assert name in {f"{model._meta.db_table}_{field.column}_key", *expressions}


def alone(model: Table, field: Any) -> dict[str, Any]:
    """Fill a field that may be empty; the diary of one thing is the diary of nothing else."""
    value = make(field.related_model) if field.is_relation else f"{field.name}-1"
    return {"room": None, field.name: value} if model is Schedule else {field.name: value} if field.null else {}


@of_kind(AppendOnly)
def test_append_only_table_refuses_to_change(model, constraint):
    row = make(model)

    assert refusal(row.save) == constraint.name
    assert refusal(row.delete) == constraint.name


@of_kind(NoOverlap)
def test_no_overlap_refuses_the_same_again(model, constraint):
    first = make(model)
    shared = {field.name: getattr(first, field.name) for field in model._meta.concrete_fields if not field.primary_key}

    name = refusal(lambda: model._default_manager.create(**shared))

    assert name in {each.name for each in model._meta.constraints if isinstance(each, NoOverlap)}


def test_every_constraint_is_of_a_kind_that_is_tried_here():
    elsewhere = (FullText, Spoils, SpoilsSetup)  # these refuse nothing; what they keep has tests of its own
    tried = (CheckConstraint, UniqueConstraint, AppendOnly, NoOverlap, *elsewhere)

    assert [each.name for _, each in CONSTRAINTS if not isinstance(each, tried)] == []


CHOICES = [(model, field) for model in MODELS for field in model._meta.concrete_fields if field.choices]


@pytest.mark.parametrize(("model", "field"), CHOICES, ids=[str(field) for _, field in CHOICES])
def test_database_knows_the_same_values_as_the_field(model: Table, field: "Field[Any, Any]"):
    checks = [each.condition for each in model._meta.constraints if isinstance(each, CheckConstraint)]
    allowed = [set(values) for check in checks for name, values in leaves(check) if name == f"{field.name}__in"]

    known = {value for value, _ in field.choices or ()}
    assert allowed == [known | {""} if field.blank else known]


def leaves(condition: Any) -> Iterator[tuple[str, Any]]:
    """Yield every field and value that a condition compares."""
    for child in condition.children if isinstance(condition, Q) else ():
        if isinstance(child, tuple):
            yield child
        else:
            yield from leaves(child)


def test_names_fit_into_both_databases():
    names = [*connection.introspection.table_names(), *(each.name for _, each in CONSTRAINTS)]

    assert [name for name in names if len(name) > 58] == []  # 63, less what a trigger's name adds
