"""ClinicError: a refusal that can be read aloud, and the one that every area has."""


class ClinicError(Exception):
    """
    Something could not be done, and the sentence says why and what to do.

    Raised with a sentence of its own, or, without one, says its docstring.
    """

    def __str__(self) -> str:
        """Answer with a sentence that a patient or the front desk may read."""
        said = super().__str__()
        return said or " ".join((type(self).__doc__ or "").split())


class NotFound(ClinicError):
    """There is nothing here, or nothing that you may see."""
