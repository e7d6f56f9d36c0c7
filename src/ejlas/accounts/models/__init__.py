"""Tables of accounts: users, and what they may do."""

from ejlas.accounts.models.grants import Grant
from ejlas.accounts.models.users import User, UserManager

__all__ = ["Grant", "User", "UserManager"]
