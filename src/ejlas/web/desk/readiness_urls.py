"""The addresses of readiness: plans from templates and files, answers about obligations, calendars."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from ejlas.web.desk.views.readiness import (
    answering,
    bodies,
    deadlines,
    duties,
    mandates,
    own,
    plan_files,
    report,
    template,
    unfolding,
)


def _answering(base: str, way: answering.Way) -> list[URLPattern]:
    """Return the addresses at which one obligation is answered."""
    return [
        path(f"{base}/step/", answering.act_view(way, answering.take_step), name=f"{way.name}-step"),
        path(f"{base}/progress/", answering.act_view(way, answering.note_progress), name=f"{way.name}-progress"),
        path(f"{base}/prove/", answering.act_view(way, answering.add_proof), name=f"{way.name}-prove"),
        path(f"{base}/say/", answering.act_view(way, answering.say), name=f"{way.name}-say"),
        path(f"{base}/proofs/<slug:file>/", answering.file_view(way, answering.file_of), name=f"{way.name}-proof"),
        path(f"{base}/findings/<uuid:file>/", answering.file_view(way, answering.photo_of), name=f"{way.name}-finding"),
    ]


_OBLIGATION = "obligations/of/<slug:slug>"

urlpatterns: list[URLPattern] = [
    *_answering(_OBLIGATION, answering.AT_DESK),
    path(
        f"{_OBLIGATION}/before/",
        answering.act_view(answering.AT_DESK, answering.set_before),
        name="obligation-before",
    ),
    path(f"{_OBLIGATION}/use/", answering.act_view(answering.AT_DESK, answering.set_use), name="obligation-use"),
    path("bodies/of/<slug:slug>/dissolve/", bodies.dissolve, name="body-dissolve"),
    path("duties/table/", duties.table, name="duties-table"),
    path("duties/standard/", duties.standard, name="duties-standard"),
    path("duties/of/<slug:slug>/write/", duties.write, name="duty-write"),
    path("duties/of/<slug:slug>/attach/", duties.attach, name="duty-attach"),
    path("duties/of/<slug:slug>/detach/", duties.detach, name="duty-detach"),
    path("duties/of/<slug:slug>/unfold/", unfolding.unfold, name="duty-unfold"),
    path("mandates/of/<slug:slug>/file/", mandates.document, name="mandate-file"),
    path("mandates/of/<slug:slug>/file/keep/", mandates.keep, name="mandate-keep"),
    path("mandates/of/<slug:slug>/file/take/", mandates.take, name="mandate-take"),
    path("own/", own.every, name="own-obligations"),
    path("own/<slug:slug>/", own.show, name="own-obligation"),
    *_answering("own/<slug:slug>", own.OF_OWN),
    path("readiness/template/", template.show, name="plan-template"),
    path("readiness/template/export/", template.export, name="plan-template-export"),
    path("readiness/template/send/", template.send, name="plan-template-send"),
    path("readiness/template/of/<slug:file>/discard/", template.discard, name="plan-template-discard"),
    path("readiness/files/", plan_files.begin, name="plan-files"),
    path("readiness/files/plan.xlsx", plan_files.workbook, name="plan-workbook"),
    path("readiness/files/plan.xml", plan_files.project, name="plan-project"),
    path("readiness/files/of/<slug:file>/", plan_files.show, name="plan-file"),
    path("readiness/files/of/<slug:file>/columns/", plan_files.columns, name="plan-file-columns"),
    path("readiness/files/of/<slug:file>/correct/", plan_files.correct, name="plan-file-correct"),
    path("readiness/files/of/<slug:file>/take/", plan_files.take, name="plan-file-take"),
    path("readiness/files/of/<slug:file>/discard/", plan_files.discard, name="plan-file-discard"),
    path("readiness/report.pdf", report.show, name="readiness-report"),
    path("readiness/deadlines/", deadlines.every, name="deadlines"),
    path("readiness/own-deadlines/", deadlines.own, name="own-deadlines"),
]
