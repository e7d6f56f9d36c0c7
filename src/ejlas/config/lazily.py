"""Addresses whose views are loaded when the first of them is asked for."""

from __future__ import annotations

import sys
from typing import Any

from django.urls.resolvers import RoutePattern, URLResolver
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language


class Lazily(URLResolver):
    """The addresses of a module below a prefix; a process that is never asked for one never loads it.

    Their names cannot be turned into addresses from elsewhere: what leads here writes the address.
    """

    def __init__(self, prefix: str, module: str) -> None:
        super().__init__(RoutePattern(prefix, is_endpoint=False), module)

    def _populate(self) -> None:
        if str(self.urlconf_name) in sys.modules:
            super()._populate()
            return
        kept: dict[str, Any] = vars(self)
        language = get_language() or "en"
        kept["_reverse_dict"][language] = MultiValueDict()
        kept["_namespace_dict"][language] = {}
        kept["_app_dict"][language] = {}
