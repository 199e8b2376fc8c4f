"""Every door of the desk, as every role: the table in docs/reference/roles.md is what happens."""

import cast
import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from support.doors import PAGE, doors, page

from dateline.people.roles import PUBLISHING, ROLES


def test_every_door_asks_for_something_that_a_role_has():
    held = {permission for role in ROLES.values() for permission in role.permissions}
    owners = {"people.view_auditentry", "people.export_auditentry"}
    assert [door.name for door in doors() if not set(door.permissions) & (held | owners)] == []


def test_the_table_of_roles_is_current():
    assert PAGE.read_text() == page(), "run: python tests/support/doors.py"


def is_turned_away(answer):
    told = [str(one) for one in get_messages(answer.wsgi_request)]
    return answer.status_code == 403 or any("do not have permission" in one for one in told)


@pytest.mark.parametrize("role", list(ROLES))
def test_each_role_passes_the_doors_of_its_permissions_and_no_others(newsroom, role):
    fields = {"is_superuser": True} if ROLES[role].is_owner else {}
    user = cast.somebody(f"one-{role}", role=role, **fields)
    wrong = []
    for door in doors():
        client = Client()
        client.force_login(user)
        address = reverse(f"newsroom:{door.name}", kwargs=door.arguments)
        answer = client.get(address)
        if not door.is_open_to(ROLES[role]) and answer.status_code == 405:
            answer = client.post(address)
        if answer.streaming:
            list(answer.streaming_content)
        if is_turned_away(answer) == door.is_open_to(ROLES[role]):
            wrong.append((door.name, answer.status_code))
    assert wrong == []


def test_who_stands_outside_may_publish_nothing():
    for name in ("contributor", "outside-translator", "translator", "reader-support"):
        assert not set(PUBLISHING) & set(ROLES[name].permissions)
