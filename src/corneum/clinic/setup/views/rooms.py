"""The rooms and devices of a clinic: how many at once, where, until when, and whether at all."""

from functools import partial
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.premises import actions
from corneum.clinic.setup import queries
from corneum.clinic.setup.forms import DeviceForm, RoomForm
from corneum.clinic.setup.views.settling import Warned, draw, found_or_404, go, settle
from corneum.platform.accounts import access
from corneum.platform.accounts.policy import Right

if TYPE_CHECKING:
    from corneum.clinic.setup.views.settling import DeskRequest

back = partial(go, "setup:rooms")


@access.staff(Right.CHANGE_CLINIC)
@require_safe
def rooms(request: "DeskRequest") -> HttpResponse:
    return _show(request)


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def room(request: "DeskRequest", room: str) -> HttpResponse:
    found = found_or_404(lambda: queries.room_at(request.clinic, room))
    form = RoomForm(request.POST, room=found)
    return settle(
        request,
        form,
        change=lambda by, at: actions.change_room(room=found, **form.cleaned_data, by=by, at=at),
        done=f"{found.name} is saved.",
        show=partial(_show, request),
        back=back,
    )


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def device(request: "DeskRequest", device: str) -> HttpResponse:
    found = found_or_404(lambda: queries.device_at(request.clinic, device))
    rooms = {one.ref: one for one in queries.rooms_at(request.clinic)}
    form = DeviceForm(request.POST, device=found, rooms=rooms.values())
    return settle(
        request,
        form,
        change=lambda by, at: actions.change_device(
            device=found,
            places=form.cleaned_data["places"],
            room=rooms.get(form.cleaned_data["room"]),
            service_due=form.cleaned_data["service_due"],
            is_active=form.cleaned_data["is_active"],
            by=by,
            at=at,
        ),
        done=f"{found.name} is saved.",
        show=partial(_show, request),
        back=back,
    )


def _show(request: "DeskRequest", sent: forms.Form | None = None, *, warned: Warned | None = None) -> HttpResponse:
    """Draw the page, with the form that was sent in the place of its own."""
    rooms = list(queries.rooms_at(request.clinic))
    forms_of = {
        **{f"room-{room.ref}": RoomForm(room=room) for room in rooms},
        **{
            f"device-{device.ref}": DeviceForm(device=device, rooms=rooms)
            for device in queries.devices_at(request.clinic)
        },
    }
    if sent is not None and sent.prefix:
        forms_of[sent.prefix] = sent  # type: ignore[assignment]
    page = {
        "rooms": [(room, forms_of[f"room-{room.ref}"]) for room in rooms],
        "devices": [(device, forms_of[f"device-{device.ref}"]) for device in queries.devices_at(request.clinic)],
        "warned": warned,
    }
    return draw(request, "setup/rooms.html", page, sent)
