"""The rank of the worklist as a number from 0 to 100 that people can compare."""

# A broken promise of service comes before everything else.
BREACH = 1000.0
HALF_WAY = 5.0  # the rank of a part that is due and of usual exposure
WITHOUT_BREACH = 90.0


def score_of(rank: float) -> int:
    """Return a whole number in the order of the ranks; a broken promise is 90 or more."""
    beyond = max(rank - BREACH, 0.0) if rank >= BREACH else rank
    share = beyond / (beyond + HALF_WAY)
    if rank >= BREACH:
        return round(WITHOUT_BREACH + (100 - WITHOUT_BREACH) * share)
    return round((WITHOUT_BREACH - 1) * share)
