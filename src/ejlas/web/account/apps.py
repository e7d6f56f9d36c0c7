"""Tells Django of the pages of the account; allauth has the label `account` already."""

from __future__ import annotations

from django.apps import AppConfig


class AccountPagesConfig(AppConfig):
    """The pages of the account."""

    name = "ejlas.web.account"
    label = "account_pages"
