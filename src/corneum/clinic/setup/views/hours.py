"""When a clinic is open: its week, its special days, its closures and the holidays that it keeps."""

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.premises import actions
from corneum.clinic.premises import queries as premises
from corneum.clinic.setup import queries
from corneum.clinic.setup.forms import ClosureForm, DayForm, HolidaysForm, SpecialForm, WeekForm, written
from corneum.clinic.setup.views.settling import Warned, draw, go, settle
from corneum.clinic.treatments import queries as treatments
from corneum.platform.accounts import access
from corneum.platform.accounts.policy import Right

if TYPE_CHECKING:
    from corneum.clinic.setup.views.settling import DeskRequest

back = partial(go, "setup:hours")


@access.staff(Right.CHANGE_CLINIC)
@require_safe
def overview(request: "DeskRequest") -> HttpResponse:
    page = {
        "place": "clinic",
        "hours": premises.hours_in_words(request.clinic),
        "people": queries.people_of(request.clinic),
        "offers": treatments.offers_at(request.clinic),
        "rooms": queries.rooms_at(request.clinic),
        "devices": queries.devices_at(request.clinic),
    }
    return render(request, "setup/overview.html", page)


@access.staff(Right.CHANGE_CLINIC)
@require_safe
def hours(request: "DeskRequest") -> HttpResponse:
    return _show(request)


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def week(request: "DeskRequest") -> HttpResponse:
    form = WeekForm(request.POST)
    return settle(
        request,
        form,
        change=lambda by, at: actions.set_opening_hours(clinic=request.clinic, week=form.week("d"), by=by, at=at),
        done="The week is saved.",
        show=partial(_show, request),
        back=back,
    )


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def special(request: "DeskRequest") -> HttpResponse:
    form = SpecialForm(request.POST)
    return settle(
        request,
        form,
        change=lambda by, at: actions.set_special_hours(
            clinic=request.clinic,
            day=form.cleaned_data["on"],
            stretches=form.cleaned_data["hours"],
            by=by,
            at=at,
        ),
        done="That day has hours of its own now.",
        show=partial(_show, request),
        back=back,
    )


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def as_usual(request: "DeskRequest") -> HttpResponse:
    form = DayForm(request.POST)
    return settle(
        request,
        form,
        change=lambda by, at: actions.set_special_hours(
            clinic=request.clinic, day=form.cleaned_data["on"], stretches=[], by=by, at=at
        ),
        done="That day is as its week says again.",
        show=partial(_show, request),
        back=back,
    )


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def close(request: "DeskRequest") -> HttpResponse:
    form = ClosureForm(request.POST)
    return settle(
        request,
        form,
        change=lambda by, at: actions.close_on(
            clinic=request.clinic,
            day=form.cleaned_data["on"],
            last=form.cleaned_data["last"],
            reason=form.cleaned_data["reason"],
            by=by,
            at=at,
        ),
        done="The clinic is closed then.",
        show=partial(_show, request),
        back=back,
    )


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def reopen(request: "DeskRequest") -> HttpResponse:
    form = DayForm(request.POST)
    return settle(
        request,
        form,
        change=lambda by, at: actions.open_again_on(clinic=request.clinic, day=form.cleaned_data["on"], by=by, at=at),
        done="The closure is taken back.",
        show=partial(_show, request),
        back=back,
    )


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def holidays(request: "DeskRequest") -> HttpResponse:
    form = HolidaysForm(request.POST)
    return settle(
        request,
        form,
        change=lambda by, at: actions.keep_holidays(
            clinic=request.clinic, nation=form.cleaned_data["nation"], by=by, at=at
        ),
        done="The public holidays are saved.",
        show=partial(_show, request),
        back=back,
    )


def _show(request: "DeskRequest", sent: forms.Form | None = None, *, warned: Warned | None = None) -> HttpResponse:
    """Draw the page, with the form that was sent in the place of its own."""
    clinic, today = request.clinic, queries.today_at(request.clinic, datetime.now(UTC))
    days = [(row.weekday, (row.opens, row.closes)) for row in premises.week_of(clinic)]
    nation = premises.clinic_page(clinic).holidays
    page: dict[str, Any] = {
        "week": WeekForm(week=days),
        "special": SpecialForm(),
        "closure": ClosureForm(),
        "holidays": HolidaysForm(initial={"nation": nation}),
    }
    if sent is not None and sent.prefix in page:
        page[sent.prefix] = sent
    page |= {
        "specials": [(day, written(hours)) for day, hours in queries.special_hours_ahead(clinic, today)],
        "closures": queries.closures_ahead(clinic, today),
        "next_holidays": queries.holidays_ahead(clinic, today),
        "warned": warned,
    }
    return draw(request, "setup/hours.html", page, sent)
