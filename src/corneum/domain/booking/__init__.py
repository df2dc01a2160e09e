"""What a clinic and its patients promise each other about appointments."""

from corneum.domain.booking.policy import Terms, free_until, is_free_to_change, notice_ends

__all__ = ["Terms", "free_until", "is_free_to_change", "notice_ends"]
