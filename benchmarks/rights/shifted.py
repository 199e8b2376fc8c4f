"""A process that lives at another time: its clocks are put on, and run on from there."""

import sys
from datetime import timedelta


def shift(by: timedelta) -> None:
    """Put on Django's clock and the queue's, in whatever module has taken them already."""
    import django.utils.timezone

    from dateline.work import clock

    real = django.utils.timezone.now
    at_queue = clock.queue_now
    django.utils.timezone.now = lambda: real() + by
    if clock.connection.vendor == "postgresql":
        for module in list(sys.modules.values()):
            if getattr(module, "queue_now", None) is at_queue:
                module.queue_now = lambda: at_queue() + by
