"""Permission for one piece, the ledger of what was used, endings, holds and withdrawals."""

from dateline.rights.models.account import Account, Line, Payment, Rate, Statement
from dateline.rights.models.approval import Approval
from dateline.rights.models.ending import Ending
from dateline.rights.models.hold import Hold
from dateline.rights.models.ledger import Use
from dateline.rights.models.letter import Letter
from dateline.rights.models.permission import Permission
from dateline.rights.models.picture import PicturePermission
from dateline.rights.models.request import Request
from dateline.rights.models.template import LetterTemplate
from dateline.rights.models.withdrawal import Withdrawal, WithdrawalStep

__all__ = [
    "Account",
    "Approval",
    "Ending",
    "Hold",
    "Letter",
    "LetterTemplate",
    "Line",
    "Payment",
    "Permission",
    "PicturePermission",
    "Rate",
    "Request",
    "Statement",
    "Use",
    "Withdrawal",
    "WithdrawalStep",
]
