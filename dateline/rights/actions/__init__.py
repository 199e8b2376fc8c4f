"""The verbs of the rights: permit, keep the ledger, follow rights to their end, withdraw, hold."""

from dateline.rights.actions.ending import (
    call_off_takedown,
    end_due,
    renew_all,
    renew_endings,
    set_takedown,
)
from dateline.rights.actions.holding import (
    Held,
    NotHeld,
    held_originals,
    hold,
    hold_on,
    lift_hold,
    refuse_while_held,
)
from dateline.rights.actions.ledger import end_uses, enter_use
from dateline.rights.actions.permitting import record_grant, revoke, take_from_agreement
from dateline.rights.actions.withdrawing import (
    ForGood,
    begin_withdrawal,
    carry_out,
    lift_withdrawal,
    open_withdrawals,
)

__all__ = [
    "ForGood",
    "Held",
    "NotHeld",
    "begin_withdrawal",
    "call_off_takedown",
    "carry_out",
    "end_due",
    "end_uses",
    "enter_use",
    "held_originals",
    "hold",
    "hold_on",
    "lift_hold",
    "lift_withdrawal",
    "open_withdrawals",
    "record_grant",
    "refuse_while_held",
    "renew_all",
    "renew_endings",
    "revoke",
    "set_takedown",
    "take_from_agreement",
]
