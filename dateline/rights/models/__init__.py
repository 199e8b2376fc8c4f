"""Permission for one piece, the ledger of what was used, and withdrawals."""

from dateline.rights.models.ledger import Use
from dateline.rights.models.permission import Permission
from dateline.rights.models.picture import PicturePermission
from dateline.rights.models.withdrawal import Withdrawal, WithdrawalStep

__all__ = ["Permission", "PicturePermission", "Use", "Withdrawal", "WithdrawalStep"]
