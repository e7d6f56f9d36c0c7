"""The starting texts of letters in French."""

from ejlas.delegations.rules.letter_texts.texts import texts

TEXTS = texts(
    "Je vous prie d’agréer, Excellence, l’assurance de ma très haute considération.",
    invitation=(
        "Invitation : {edition}",
        """
Excellence,

Au nom de l’autorité d’accueil ({host_office}), j’ai l’honneur de vous inviter, avec la délégation suivante : \
{party}, à la rencontre « {edition} », qui se tiendra à {city} ({days}).

Votre présence resserrera l’amitié entre nos régions et donnera du poids aux décisions que nous aurons à prendre \
ensemble.

Afin que votre séjour soit préparé avec le soin qui convient, je saurais gré à vos services de bien vouloir :
– désigner un point de contact de la délégation avant le {nominate_by} ;
– déposer la liste de la délégation à l’adresse {portal} et la confirmer avant le {confirm_by} ;
– nous faire savoir si vous participerez en personne ou serez représenté, et à quel niveau.

Pour toute question, est à votre disposition : {secretariat}.

Ce sera un grand plaisir de vous accueillir à {city}.
""",
    ),
    reminder=(
        "Rappel de la liste de la délégation : {party}",
        """
Excellence,

Me référant à notre invitation à la rencontre « {edition} », qui se tiendra à {city} ({days}), j’ai l’honneur de \
rappeler les deux échéances dont dépend la préparation de votre visite :
– désignation de la délégation : {nominate_by} ;
– confirmation de la liste : {confirm_by}.

La liste se dépose et se complète à l’adresse {portal}. Si elle a été envoyée entre-temps, je vous prie de ne pas \
tenir compte de cette lettre.

En cas de difficulté, est à votre disposition : {secretariat}.
""",
    ),
    registration=(
        "Confirmation d’inscription : {party}",
        """
Excellence,

J’ai l’honneur de confirmer l’inscription de votre délégation ({party}) à la rencontre « {edition} », qui se tiendra \
à {city} ({days}).

Nombre de personnes inscrites : {people_count}. Leurs noms figurent ci-dessous, tels qu’ils sont écrits dans le \
passeport.

Si un nom ou un document doit être corrigé, le point de contact peut en faire la demande à l’adresse {portal}.
""",
    ),
    visa=(
        "Appui aux demandes de visa : {party}",
        """
Au service consulaire,

L’autorité d’accueil ({host_office}) présente ses compliments et a l’honneur de faire savoir que les personnes \
nommées ci-dessous, membres de la délégation {party}, ont été invitées à la rencontre « {edition} », qui se tiendra à \
{city} ({days}).

Nombre de personnes : {people_count}.

Nous vous saurions gré de leur délivrer dans les meilleurs délais des visas pour les jours de la rencontre et pour \
ceux du voyage. L’autorité responsable a été informée de cette demande : {lead_ministry}.
""",
    ),
    other=(
        "{edition}",
        """
Excellence,

Au sujet de la rencontre « {edition} », qui se tiendra à {city} ({days}), j’ai l’honneur de porter à votre \
connaissance ce qui suit.
""",
    ),
)
