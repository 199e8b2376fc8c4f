"""Permission for one piece, the ledger of what was used, endings, holds and withdrawals."""

from dateline.rights.models.ending import Ending
from dateline.rights.models.hold import Hold
from dateline.rights.models.ledger import Use
from dateline.rights.models.permission import Permission
from dateline.rights.models.picture import PicturePermission
from dateline.rights.models.withdrawal import Withdrawal, WithdrawalStep

__all__ = ["Ending", "Hold", "Permission", "PicturePermission", "Use", "Withdrawal", "WithdrawalStep"]
