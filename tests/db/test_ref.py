"""A ref can stand in an address and cannot be guessed."""

from corneum.db.ref import ALPHABET, LENGTH, new_ref


def test_new_ref_draws_130_bits_that_never_repeat():
    refs = {new_ref() for _ in range(2_000)}

    assert len(refs) == 2_000
    assert {len(ref) for ref in refs} == {LENGTH}
    assert set("".join(refs)) == set(ALPHABET)
