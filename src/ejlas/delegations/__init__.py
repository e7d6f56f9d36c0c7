"""Delegations: invitations, delegations, their people, accreditation and passes."""
