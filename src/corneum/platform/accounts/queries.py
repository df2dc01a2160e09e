"""Who may be signed in with one press in the demonstration."""

from django.conf import settings

from corneum.platform.accounts.models import User

INVENTED = ".example"  # a domain that can belong to nobody


def demo_users() -> list[User]:
    """
    List whom the demonstration lets in with one press: nobody, unless this is one.

    Only invented people: whoever turns the demonstration on beside a real clinic's data still
    opens none of its accounts.
    """
    if not settings.DEMO:
        return []
    shown = User.objects.filter(is_active=True, memberships__isnull=False, email__iendswith=INVENTED)
    return list(shown.distinct().prefetch_related("memberships__clinic").order_by("pk")[:12])


def demo_user(ref: str) -> User | None:
    """Find one of them."""
    return next((user for user in demo_users() if user.ref == ref), None)
