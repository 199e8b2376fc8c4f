"""How long a failed job waits before it is tried again."""

FIRST_SECONDS = 5.0
LONGEST_SECONDS = 3600.0


def backoff_seconds(attempt: int, *, jitter: float) -> float:
    """Return the pause after the failed attempt number `attempt` (1 is the first).

    jitter: 0 to 1, handed in; spreads the pause over 50 to 150 per cent, so that jobs that
    failed together do not come back together. Doubles each time, up to an hour before jitter.
    """
    # Past 2 ** 20 the cap has long decided, and a float would overflow one day.
    pause = min(FIRST_SECONDS * 2.0 ** min(attempt - 1, 20), LONGEST_SECONDS)
    return pause * (0.5 + jitter)
