"""The words for stored choices of delegations, their people and their letters, by the value that is stored."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.delegations.rules.capacities import CapacityKind, Need
from ejlas.delegations.rules.house import Late, ListOrder, PublicList
from ejlas.delegations.rules.letters import LetterChannel, LetterDirection, LetterKind, LetterState
from ejlas.delegations.rules.people import DocumentKind, PersonField, Sex
from ejlas.delegations.rules.states import (
    DelegationKind,
    ListState,
    PaperKind,
    PersonState,
    RequestKind,
    RequestState,
    Step,
)

DELEGATION_KINDS = {
    DelegationKind.PARTY: _("Party"),
    DelegationKind.PRESS: _in("kind of delegation", "Press"),
}

LIST_STATES = {
    ListState.OPEN: _in("state of a list", "Open"),
    ListState.SUBMITTED: _in("state of a list", "Submitted"),
    ListState.RETURNED: _in("state of a list", "Sent back"),
    ListState.CONFIRMED: _in("state of a list", "Confirmed"),
    ListState.LOCKED: _in("state of a list", "Locked"),
}

PERSON_STATES = {
    PersonState.DRAFT: _in("state of a person", "Draft"),
    PersonState.SUBMITTED: _in("state of a person", "Being checked"),
    PersonState.COMPLETE: _in("state of a person", "Before the desk"),
    PersonState.VETTING: _in("state of a person", "Being vetted"),
    PersonState.APPROVED: _in("state of a person", "Approved"),
    PersonState.RETURNED: _in("state of a person", "More is asked for"),
    PersonState.REFUSED: _in("state of a person", "Refused"),
    PersonState.WITHDRAWN: _in("state of a person", "Withdrawn"),
}

STEPS = {
    Step.SUBMIT: _("Submit"),
    Step.COMPLETE: _("All is there"),
    Step.APPROVE: _("Approve, and pass on to vetting"),
    Step.CLEAR: _("No objection"),
    Step.RETURN: _("Ask for more"),
    Step.REFUSE: _("Refuse"),
    Step.WITHDRAW: _("Withdraw"),
    Step.REOPEN: _("Take up again"),
}

QUEUES = {
    PersonState.SUBMITTED: _("Is all there?"),
    PersonState.COMPLETE: _("For the desk to decide"),
    PersonState.VETTING: _("For vetting"),
}

CAPACITY_KINDS = {
    CapacityKind.HEAD: _("Head of delegation"),
    CapacityKind.DEPUTY: _("Deputy head of delegation"),
    CapacityKind.DELEGATE: _("Delegate"),
    CapacityKind.ADVISER: _("Adviser"),
    CapacityKind.INTERPRETER: _("Interpreter"),
    CapacityKind.SECURITY: _("Security officer"),
    CapacityKind.PROTOCOL: _("Protocol officer"),
    CapacityKind.STAFF: _("Staff"),
    CapacityKind.LIAISON: _("Liaison officer"),
    CapacityKind.COMPANION: _("Companion"),
    CapacityKind.OBSERVER: _("Observer"),
    CapacityKind.REPORTER: _("Reporter"),
    CapacityKind.PHOTOGRAPHER: _("Photographer"),
    CapacityKind.CAMERA: _("Camera operator"),
    CapacityKind.TECHNICIAN: _("Technician"),
}

NEEDS = {
    Need.PHOTO: _("Photo"),
    Need.DOCUMENT: _("Travel document"),
    Need.BORN_ON: _("Date of birth"),
    Need.NATIONALITY: _("Nationality"),
    Need.OFFICE: _("Office"),
    Need.NOMINATION: _("Letter of nomination"),
    Need.PRESS_CARD: _("Press card"),
    Need.ASSIGNMENT: _("Letter of assignment"),
}

PAPER_KINDS = {
    PaperKind.NOMINATION: _("Letter of nomination"),
    PaperKind.PRESS_CARD: _("Press card"),
    PaperKind.ASSIGNMENT: _("Letter of assignment"),
    PaperKind.OTHER: _in("kind of paper", "Other"),
}

REQUEST_KINDS = {
    RequestKind.ADD: _("Add a person"),
    RequestKind.CHANGE: _("Change what is known of a person"),
    RequestKind.WITHDRAW: _("Withdraw a person"),
    RequestKind.SUBSTITUTE: _("Send somebody else instead"),
}

REQUEST_STATES = {
    RequestState.ASKED: _in("state of a request", "Asked"),
    RequestState.GRANTED: _in("state of a request", "Granted"),
    RequestState.REFUSED: _in("state of a request", "Refused"),
    RequestState.WITHDRAWN: _in("state of a request", "Taken back"),
}

PERSON_FIELDS = {
    PersonField.CAPACITY: _("Capacity"),
    PersonField.FAMILY_NAME: _("Family name"),
    PersonField.GIVEN_NAME: _("Given names"),
    PersonField.PREFERRED_NAME: _("Preferred spelling"),
    PersonField.OFFICE: _("Office"),
    PersonField.SEX: _("Sex, as the document has it"),
    PersonField.BORN_ON: _("Date of birth"),
    PersonField.NATIONALITY: _("Nationality"),
    PersonField.DOCUMENT_KIND: _("Kind of document"),
    PersonField.DOCUMENT_NUMBER: _("Number of the document"),
    PersonField.DOCUMENT_STATE: _("State that issued it"),
    PersonField.DOCUMENT_EXPIRES_ON: _("The document is valid until"),
    PersonField.EMAIL: _("E-mail"),
    PersonField.PHONE: _("Telephone"),
    PersonField.LANGUAGES: _("Languages"),
    PersonField.DIET: _("Diet"),
    PersonField.HEALTH: _("Health, and what helps"),
    PersonField.NOTE: _("Note"),
}

DOCUMENT_KINDS = {
    DocumentKind.PASSPORT: _("Passport"),
    DocumentKind.DIPLOMATIC: _("Diplomatic passport"),
    DocumentKind.SERVICE: _("Service passport"),
    DocumentKind.IDENTITY_CARD: _("Identity card"),
    DocumentKind.OTHER: _in("kind of document", "Other"),
}

SEXES = {
    Sex.FEMALE: _("Female"),
    Sex.MALE: _("Male"),
    Sex.UNSPECIFIED: _("Not stated"),
}

LATE = {
    Late.REFUSED: _("Is not taken"),
    Late.APPROVER: _("Goes to the office named below"),
}

PUBLIC_LISTS = {
    PublicList.NOBODY: _("Nobody"),
    PublicList.HEADS: _("Heads of delegation"),
    PublicList.DELEGATES: _("Everyone of the capacities that are public"),
}

LIST_ORDERS = {
    ListOrder.PROTOCOL: _("Protocol: rank, then alphabet"),
    ListOrder.ALPHABET: _("Alphabet of the reader's language"),
}

LETTER_KINDS = {
    LetterKind.INVITATION: _("Invitation"),
    LetterKind.REMINDER: _("Reminder"),
    LetterKind.REGISTRATION: _("Confirmation of registration"),
    LetterKind.VISA: _("Support of visas"),
    LetterKind.OTHER: _in("kind of letter", "Other"),
}

LETTER_DIRECTIONS = {
    LetterDirection.OUT: _in("direction of a letter", "Out"),
    LetterDirection.IN: _in("direction of a letter", "In"),
}

LETTER_CHANNELS = {
    LetterChannel.MAIL: _("E-mail"),
    LetterChannel.HAND: _("Handed over"),
    LetterChannel.COURIER: _("Courier"),
    LetterChannel.NOTE: _("Diplomatic note"),
}

LETTER_STATES = {
    LetterState.DRAFT: _in("state of a letter", "Draft"),
    LetterState.CLEARED: _in("state of a letter", "Cleared"),
    LetterState.SENT: _in("state of a letter", "Sent"),
    LetterState.DELIVERED: _in("state of a letter", "Delivered"),
    LetterState.ACKNOWLEDGED: _in("state of a letter", "Acknowledged"),
    LetterState.ACCEPTED: _in("state of a letter", "Accepted"),
    LetterState.DECLINED: _in("state of a letter", "Declined"),
    LetterState.DELEGATED: _in("state of a letter", "Somebody else comes"),
}
