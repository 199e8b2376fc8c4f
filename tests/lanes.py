"""How a run on several workers is laid out: whole files, those that take longest first, and a crash counted once."""

from collections import Counter

import pytest

# What begins a run, by parts of its address: a file of minutes that begins last leaves the other workers idle.
LONG_ONES = (
    "journeys/test_journey_newcomer",
    "config/test_config_migrations",
    "journeys/test_journey_intake",
    "intake/test_intake_kill",
    "journeys/",  # the killed press needs what the newcomer lays: not at once
    "_kill",
    "browser/test_browser_barriers",
    "sample_loading",
    "articles_routes",
    "browser/",
    "rights/test_rights_leaks",
    "publishing_baking",
    "rights/test_rights_together",
    "_politeness",
)


def place_of(address):
    """Return where a file stands in LONG_ONES; what is not there comes after."""
    found = (number for number, part in enumerate(LONG_ONES) if part in address)
    return next(found, len(LONG_ONES))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Put long files first where several workers share the run, and files of many tests before those of few."""
    if not hasattr(config, "workerinput"):
        return
    many = Counter(item.path for item in items)
    items.sort(
        key=lambda item: (place_of(item.nodeid.split("::")[0]), -many[item.path], item.nodeid.split("::")[0])
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadFileScheduling

    if config.getvalue("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False  # the order is ours

    class Lanes(LoadFileScheduling):
        def remove_node(self, node):
            """Forget a worker; the test in which it died has failed, and is not given to the next."""
            units = list(self.assigned_work.get(node, {}).values())
            died_in = super().remove_node(node)
            for unit in units:
                if died_in in unit:
                    unit[died_in] = True
            return died_in

    return Lanes(config, log)
