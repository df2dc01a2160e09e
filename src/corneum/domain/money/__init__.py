"""Amounts of money, as whole pence: never a float."""

from corneum.domain.money.amounts import pounds

__all__ = ["pounds"]
