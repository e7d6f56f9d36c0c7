"""The addresses of the plan of bilaterals, below an edition's desk."""

from __future__ import annotations

from django.urls import path

from ejlas.web.desk.views import plan, plan_acts, repair, what_if

urlpatterns = [
    path("", plan.plan, name="plan"),
    path("table/", plan.table, name="plan-table"),
    path("compare/", plan.compare, name="plan-compare"),
    path("progress/", plan.progress, name="plan-progress"),
    path("start/", plan_acts.start, name="plan-start"),
    path("run/<int:run>/", plan.run, name="plan-run"),
    path("run/<int:run>/stop/", plan_acts.stop, name="plan-stop"),
    path("run/<int:run>/accept/", repair.accept, name="plan-accept"),
    path("run/<int:run>/undo/", repair.undo, name="plan-undo-run"),
    path("repair/", repair.repair, name="plan-repair"),
    path("repair/unfit/", repair.unfit, name="plan-unfit"),
    path("repair/start/", repair.start, name="plan-repair-start"),
    path("what-if/", what_if.what_ifs, name="plan-what-ifs"),
    path("what-if/ask/", what_if.ask, name="plan-what-if-ask"),
    path("what-if/<int:run>/", what_if.what_if, name="plan-what-if"),
    path("what-if/<int:run>/progress/", what_if.progress, name="plan-what-if-progress"),
    path("what-if/<int:run>/discard/", what_if.discard, name="plan-what-if-discard"),
    path("of/<slug:slug>/", plan_acts.move, name="plan-move"),
    path("of/<slug:slug>/places/", plan_acts.places, name="plan-places"),
    path("of/<slug:slug>/weigh/", plan_acts.weigh, name="plan-weigh"),
    path("of/<slug:slug>/unplace/", plan_acts.unplace, name="plan-unplace"),
    path("of/<slug:slug>/pin/", plan_acts.pin, name="plan-pin"),
    path("of/<slug:slug>/unpin/", plan_acts.unpin, name="plan-unpin"),
    path("of/<slug:slug>/undo/", plan_acts.undo, name="plan-undo"),
]
