"""Reading blocked time: who and what is out, and why, as far as somebody may know."""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from corneum.clinic.diary.daybook import Out
from corneum.clinic.diary.models import Block
from corneum.domain.scheduling.interval import Interval
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, may


def blocked_in(
    user: User | AnonymousUser, clinic: Clinic, window: Interval, practitioners: Collection[int]
) -> list[Out]:
    """Find what is blocked in a span of time, of these practitioners and of the clinic's rooms and devices."""
    here = Q(schedule__practitioner__in=practitioners) | Q(schedule__room__clinic=clinic)
    blocks = Block.objects.filter(
        here | Q(schedule__device__clinic=clinic), lifted_at=None, starts__lt=window.ends, ends__gt=window.starts
    ).select_related("schedule")
    found = list(blocks.order_by("starts", "pk"))
    sees_why = bool(found) and may(user, Right.CHANGE_CLINIC, clinic)
    return [
        Out(*block.schedule.owner[:2], block.starts, block.ends, kind_for(block, sees_why=sees_why)) for block in found
    ]


def kind_for(block: Block, *, sees_why: bool) -> str:
    """Say of what kind a block is, to somebody who may or may not know who is ill."""
    if block.kind == Block.Kind.SICKNESS and not sees_why:
        return str(Block.Kind.OTHER.label)
    return block.get_kind_display()
