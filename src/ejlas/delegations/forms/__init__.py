"""Fields and validation of what people write about delegations, capacities, people and letters."""

from ejlas.delegations.forms.lists import CapacityForm, DelegationForm, DelegationRulesForm
from ejlas.delegations.forms.people import PersonForm

__all__ = ["CapacityForm", "DelegationForm", "DelegationRulesForm", "PersonForm"]
