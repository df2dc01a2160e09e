"""How an amount is written for a person."""


def pounds(pence: int) -> str:
    """
    Write an amount the way a price list does: £85, £85.50, £1,250.

    :param pence: whole pence, zero or more
    """
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02d}" if rest else f"£{whole:,}"
