"""The addresses of passes at the desk: the matrix, printing, handing out, tokens, spares, and the steps of a pass."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from ejlas.web.desk.views.passes import badges, handing, matrix, phone, printing, reach, tokens

urlpatterns: list[URLPattern] = [
    path("passes/matrix/", matrix.show, name="pass-matrix"),
    path("passes/matrix/save/", matrix.save, name="pass-matrix-save"),
    path("passes/matrix/copy/", matrix.copy, name="pass-matrix-copy"),
    path("passes/set-up/", matrix.set_up, name="pass-set-up"),
    path("passes/missing/", reach.missing, name="passes-missing"),
    path("passes/print/", printing.queue, name="pass-print"),
    path("passes/print/of/<slug:slug>/", printing.show, name="pass-printing"),
    path("passes/print/of/<slug:slug>/again/", printing.again, name="pass-printing-again"),
    path("passes/print/of/<slug:slug>/files/<int:place>/", printing.file, name="pass-printing-file"),
    path("passes/hand-out/", handing.counter, name="hand-out"),
    path("passes/hand-out/give/", handing.give, name="hand-out-give"),
    path("passes/hand-out/back/", handing.take_back, name="hand-out-back"),
    path("passes/hand-out/receipt/", handing.receipt, name="hand-out-receipt"),
    path("passes/tokens/", tokens.tokens, name="tokens"),
    path("passes/tokens/of/<slug:slug>/", tokens.of_delegation, name="delegation-tokens"),
    path("passes/tokens/of/<slug:slug>/add/", tokens.add, name="delegation-tokens-add"),
    path("passes/spares/", tokens.spares, name="spares"),
    path("passes/spares/add/", tokens.add_spares, name="spares-add"),
    path("passes/spares/give/", tokens.give_spare, name="spare-give"),
    path("passes/of/<slug:slug>/step/", badges.step, name="pass-step"),
    path("passes/of/<slug:slug>/revoke/", badges.revoke, name="pass-revoke"),
    path("passes/of/<slug:slug>/look/", badges.look, name="pass-look"),
    path("passes/of/<slug:slug>/phone/", phone.on_phone, name="pass-phone"),
    path("passes/of/<slug:slug>/signature/", badges.paper_view("signature"), name="pass-signature"),
    path("passes/of/<slug:slug>/authority/", badges.paper_view("authority"), name="pass-authority"),
    path("zones/of/<slug:slug>/who/", reach.who, name="zone-who"),
]
