"""Fields and validation of what people write about a forum, its editions, parties and facts."""

from ejlas.forum.forms.base import Ask, Group, ThingForm
from ejlas.forum.forms.editions import BeginEditionForm, BilateralRulesForm, EditionForm, ForumForm, LanguagesForm
from ejlas.forum.forms.facts import ClaimForm, DutyForm, MandateForm, MilestoneForm, SourceForm
from ejlas.forum.forms.parties import OfficeForm, PartyForm

__all__ = [
    "Ask",
    "BeginEditionForm",
    "BilateralRulesForm",
    "ClaimForm",
    "DutyForm",
    "EditionForm",
    "ForumForm",
    "Group",
    "LanguagesForm",
    "MandateForm",
    "MilestoneForm",
    "OfficeForm",
    "PartyForm",
    "SourceForm",
    "ThingForm",
]
