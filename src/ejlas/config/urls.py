"""All addresses: each audience brings its own."""

from django.urls import include, path

from ejlas.config.lazily import Lazily

urlpatterns = [
    path("health/", include("ejlas.web.ui.urls")),
    path("desk/", include("ejlas.web.desk.urls")),
    path("account/", include("ejlas.web.account.urls")),
    path("portal/", include("ejlas.web.portal.urls")),
    path("gate/", include("ejlas.web.gate.urls")),
    # The library behind it takes ten megabytes, which a process that only shows pages need not carry.
    Lazily("api/", "ejlas.web.api.urls"),
    path("", include("ejlas.web.public.urls")),
]

handler400 = "ejlas.web.public.views.errors.bad_request"
handler403 = "ejlas.web.public.views.errors.forbidden"
handler404 = "ejlas.web.public.views.errors.not_found"
handler500 = "ejlas.web.public.views.errors.server_error"
# Read by allauth, whose limits lead here.
handler429 = "ejlas.web.account.views.faults.too_many"
