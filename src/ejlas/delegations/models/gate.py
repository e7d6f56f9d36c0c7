"""The gates: where they lead, the devices that keep them, what was scanned, who is inside, and who asked to come in."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models

from ejlas.core.fields import EncryptedTextField, TranslatedField
from ejlas.delegations.models.passes import Badge, Zone
from ejlas.delegations.rules.passes.house import Ways
from ejlas.delegations.rules.passes.scans import Answer, By, Flag, RequestState, Way
from ejlas.delegations.rules.passes.verdicts import Reason, Verdict
from ejlas.forum.models import Edition, OfEdition, choices


class Gate(OfEdition):
    """A door into a zone; its place on the map in hundredths of width and height."""

    name = TranslatedField()
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="gates")
    ways = models.CharField(max_length=10, choices=choices(Ways), default=Ways.BOTH)
    place_x = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(100)])
    place_y = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(100)])


class Device(models.Model):
    """A phone or tablet that keeps a gate; what it shows to the server is kept as a keyed hash alone."""

    slug = models.SlugField(max_length=40, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="devices")
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="devices")
    name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.CharField(max_length=200)
    # The account of the officer who enrolled it: without the right to keep gates it is shut out with the officer.
    enrolled_by_user = models.PositiveBigIntegerField(null=True)
    seen_at = models.DateTimeField(null=True)
    list_at = models.DateTimeField(null=True)
    n_queued = models.PositiveIntegerField(default=0)
    skew_ms = models.IntegerField(default=0)
    shut_out_at = models.DateTimeField(null=True)
    shut_out_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["enrolled_at", "pk"]

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """A queue of scans of a device; a device that lost what it kept begins a new one."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="runs")
    run = models.UUIDField(unique=True)
    next_seq = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.run)


class Scan(models.Model):
    """What a gate decided, once for each scan; `at` is the device's moment, corrected by what the server knew."""

    scan_id = models.UUIDField(unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="scans")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="scans")
    seq = models.PositiveIntegerField()
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="scans")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="scans")
    badge = models.ForeignKey(Badge, null=True, on_delete=models.PROTECT, related_name="scans")
    number = models.PositiveIntegerField(null=True)
    print_number = models.PositiveSmallIntegerField(null=True)
    text = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=3, choices=choices(Way))
    verdict = models.CharField(max_length=10, choices=choices(Verdict))
    reason = models.CharField(max_length=20, choices=choices(Reason))
    answer = models.CharField(max_length=10, choices=choices(Answer))
    by = models.CharField(max_length=10, choices=choices(By))
    at = models.DateTimeField()
    taken_at = models.DateTimeField()
    skew_ms = models.IntegerField(default=0)
    is_offline = models.BooleanField(default=False)
    group = models.UUIDField(null=True)
    n_guests = models.PositiveSmallIntegerField(default=0)
    flag = models.CharField(max_length=10, choices=choices(Flag), blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "seq"], name="delegations_scan_in_order")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["edition", "-at"], name="delegations_scan_newest"),
            models.Index(fields=["gate", "-at"], name="delegations_scan_at_gate"),
            models.Index(fields=["badge", "-at"], name="delegations_scan_of"),
            models.Index(
                fields=["edition", "-at"],
                name="delegations_scan_refused",
                condition=models.Q(verdict__in=["refuse", "ask"]),
            ),
            models.Index(fields=["edition", "-at"], name="delegations_scan_flagged", condition=~models.Q(flag="")),
        ]

    def __str__(self) -> str:
        return str(self.scan_id)


class Presence(models.Model):
    """Whether a pass is inside a zone, by the latest scan of it there; guests are those who came in on it."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="presences")
    badge = models.ForeignKey(Badge, on_delete=models.CASCADE, related_name="presences")
    is_inside = models.BooleanField()
    n_guests = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    # When the server took it: by this the other gates are told what is new.
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["badge", "zone"], name="delegations_presence_is_one")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["zone", "is_inside"], name="delegations_presence_inside"),
            models.Index(fields=["zone", "noted_at"], name="delegations_presence_noted"),
        ]

    def __str__(self) -> str:
        return f"{self.zone_id} {self.badge_id}"


class GateRequest(models.Model):
    """Somebody on no list who asked at a gate to come in; a named office answers (rule 11)."""

    request_id = models.UUIDField(unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="gate_requests")
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="requests")
    device = models.ForeignKey(Device, null=True, on_delete=models.SET_NULL, related_name="requests")
    name = EncryptedTextField()
    office = EncryptedTextField(default="", blank=True)
    why = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=choices(RequestState), default=RequestState.ASKED)
    answer = models.TextField(blank=True)
    approver = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)
    badge = models.ForeignKey(Badge, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["edition", "state", "asked_at"], name="delegations_gate_request_open")
        ]

    def __str__(self) -> str:
        return str(self.request_id)
