"""Verbs about people: take somebody on, write down what was done, ask for a second factor."""

from dateline.people.actions.second_factor import (
    NotTheCode,
    TooManyTries,
    begin_second_factor,
    confirm_second_factor,
    pass_second_factor,
    renew_recovery_codes,
    reset_second_factor,
)
from dateline.people.actions.staff import (
    NameTaken,
    UnknownRole,
    WeakPassword,
    forget_wagtails_groups,
    lay_role,
    lay_roles,
    role_named,
    take_on,
    write_down,
)

__all__ = [
    "NameTaken",
    "NotTheCode",
    "TooManyTries",
    "UnknownRole",
    "WeakPassword",
    "begin_second_factor",
    "confirm_second_factor",
    "forget_wagtails_groups",
    "lay_role",
    "lay_roles",
    "pass_second_factor",
    "renew_recovery_codes",
    "reset_second_factor",
    "role_named",
    "take_on",
    "write_down",
]
