"""The API as a Django app, so that its page of documentation is found."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """JSON for programs."""

    name = "ejlas.web.api"
    label = "api"
