"""The pages, as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ejlas.config.settings")
application = get_wsgi_application()

# Load what every request needs now, and keep the collector of garbage from walking through it ever after: a page of
# 300 sessions makes enough objects to set it off.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
