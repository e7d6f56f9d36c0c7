"""The form of a person as every officer of the desk may see it; what is personal is asked for on a page of its own."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ejlas.core import regions
from ejlas.core.inputs import SeveralChoices
from ejlas.delegations.models import Capacity, Person
from ejlas.forum.forms import Group, ThingForm
from ejlas.forum.forms.base import field_for, offer_languages, offer_rows
from ejlas.forum.models import Edition


class PersonForm(ThingForm):
    """A person of a delegation."""

    languages = SeveralChoices(label=_("Languages"), required=False)
    for_many = ("capacity",)
    groups: ClassVar[tuple[Group, ...]] = (
        (_("Delegation"), ("delegation", "capacity")),
        (_("Name as the travel document has it"), ("given_name", "family_name")),
        (_("Name as the person writes it"), ("name", "office")),
        (_("More"), ("sex", "nationality", "languages", "note")),
    )

    class Meta:
        model = Person
        formfield_callback = field_for
        fields = (
            "delegation",
            "capacity",
            "given_name",
            "family_name",
            "name",
            "office",
            "sex",
            "nationality",
            "languages",
            "note",
        )
        labels: ClassVar[dict[str, Any]] = {
            "delegation": _("Delegation"),
            "capacity": _("Capacity"),
            "given_name": _("Given names"),
            "family_name": _("Family name"),
            "name": _("Preferred spelling"),
            "office": _("Office"),
            "sex": _("Sex, as the document has it"),
            "nationality": _("Nationality, two letters (ISO 3166-1)"),
            "note": _("Note"),
        }

    def prepare(self, edition: Edition | None) -> None:
        """Offer the edition's delegations, capacities and languages; who is named stays with the delegation."""
        if edition is None:
            return
        if self.instance.pk:
            self.fields.pop("delegation", None)
        else:
            offer_rows(self, "delegation", edition.delegation_set.select_related("party"), title="title")
        self._offer_capacities(edition)
        offer_languages(self, "languages", edition.languages, others=True)

    def _offer_capacities(self, edition: Edition) -> None:
        asked: Any = self.fields.get("capacity")
        if asked is None:
            return
        offered = Capacity.objects.filter(edition=edition).order_by("audience", "position", "pk")
        if self.instance.pk:
            offered = offered.filter(audience=self.instance.delegation.kind)
        words, language = self.ask.words.get("capacities", {}), self.ask.language
        asked.queryset = offered
        asked.label_from_instance = lambda row: row.name.wording(language).text or str(words.get(row.kind, row.kind))

    def clean_nationality(self) -> str:
        """Refuse what is no state."""
        code = str(self.cleaned_data.get("nationality") or "").strip().upper()
        if code and not regions.country_exists(code):
            raise ValidationError(_("ISO 3166-1 has no state %(code)s."), code="state", params={"code": code})
        return code
