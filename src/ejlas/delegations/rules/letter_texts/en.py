"""The starting texts of letters in English."""

from ejlas.delegations.rules.letter_texts.texts import texts

TEXTS = texts(
    "Please accept, Excellency, the assurances of my highest consideration.",
    invitation=(
        "Invitation to the {edition}",
        """
Excellency,

On behalf of {host_office}, I have the honour to invite you, together with a delegation of {party}, to the \
“{edition}”, which will be held in {city} on {days}.

Your presence would strengthen the friendship between our regions and give weight to the decisions that are to be \
taken together.

So that your stay may be prepared with due care, I should be grateful if your office would:
– name one focal point for your delegation by {nominate_by};
– file the list of the delegation at {portal} and confirm it by {confirm_by};
– let us know whether you will take part in person or be represented, and at what level.

{secretariat} remains at the disposal of your office for any question.

It would be a great pleasure to welcome you in {city}.
""",
    ),
    reminder=(
        "Reminder: the delegation of {party} to the {edition}",
        """
Excellency,

With reference to our invitation to the “{edition}”, to be held in {city} on {days}, I have the honour to recall the \
two dates on which the preparation of your visit depends:
– nomination of the delegation: by {nominate_by};
– confirmation of the list: by {confirm_by}.

The list may be filed and completed at {portal}. If it has been sent in the meantime, kindly disregard this letter.

{secretariat} will gladly help your office with any difficulty.
""",
    ),
    registration=(
        "Confirmation of registration: {party}",
        """
Excellency,

I have the honour to confirm that the delegation of {party} has been registered for the “{edition}”, to be held in \
{city} on {days}.

Number of persons registered: {people_count}. Their names stand below in the spelling of their passports.

Should a name or a document need correction, your focal point may ask for it at {portal}.
""",
    ),
    visa=(
        "Visa support for the delegation of {party}",
        """
To the consular service,

{host_office} presents its compliments and has the honour to inform you that the persons named below, of the \
delegation of {party}, have been invited to the “{edition}”, to be held in {city} on {days}.

Number of persons: {people_count}.

We should be grateful if visas for the period of the event, with the days needed for travel, could be issued to them \
with the least delay. {lead_ministry} has been informed of this request.
""",
    ),
    other=(
        "{edition}",
        """
Excellency,

With reference to the “{edition}”, to be held in {city} on {days}, I have the honour to inform you of the following.
""",
    ),
)
