"""Fields and validation of what people write about delegations, capacities, people and letters."""

from ejlas.delegations.forms.inviting import InviteForm
from ejlas.delegations.forms.lists import CapacityForm, DelegationForm, DelegationRulesForm
from ejlas.delegations.forms.passes import BadgeForm, CategoryForm, GateForm, PassRulesForm, WindowForm, ZoneForm
from ejlas.delegations.forms.people import PersonForm
from ejlas.delegations.forms.personal import PERSONAL_NAMES, AskPersonal, PersonalForm, WalkInForm
from ejlas.delegations.forms.press import MediumForm

__all__ = [
    "PERSONAL_NAMES",
    "AskPersonal",
    "BadgeForm",
    "CapacityForm",
    "CategoryForm",
    "DelegationForm",
    "DelegationRulesForm",
    "GateForm",
    "InviteForm",
    "MediumForm",
    "PassRulesForm",
    "PersonForm",
    "PersonalForm",
    "WalkInForm",
    "WindowForm",
    "ZoneForm",
]
