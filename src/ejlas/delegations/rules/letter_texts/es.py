"""The starting texts of letters in Spanish."""

from ejlas.delegations.rules.letter_texts.texts import texts

TEXTS = texts(
    "Aprovecho la ocasión para reiterar a Vuestra Excelencia las seguridades de mi más alta consideración.",
    invitation=(
        "Invitación: {edition}",
        """
Excelencia:

En nombre de {host_office}, tengo el honor de invitarle, junto con la delegación de {party}, al encuentro \
«{edition}», que se celebrará en {city} ({days}).

Su presencia estrechará la amistad entre nuestras regiones y dará peso a las decisiones que hemos de tomar juntos.

Para preparar debidamente su estancia, le ruego que su oficina tenga a bien:
– designar un punto de contacto de la delegación antes del {nominate_by};
– presentar la lista de la delegación en {portal} y confirmarla antes del {confirm_by};
– comunicarnos si participará en persona o estará representado, y a qué nivel.

Para cualquier consulta está a su disposición: {secretariat}.

Será un gran placer darle la bienvenida en {city}.
""",
    ),
    reminder=(
        "Recordatorio: delegación de {party}",
        """
Excelencia:

Con referencia a nuestra invitación al encuentro «{edition}», que se celebrará en {city} ({days}), tengo el honor de \
recordarle los dos plazos de los que depende la preparación de su visita:
– designación de la delegación: {nominate_by};
– confirmación de la lista: {confirm_by}.

La lista se presenta y se completa en {portal}. Si ya ha sido enviada, le ruego que no tome en cuenta esta carta.

Ante cualquier dificultad está a su disposición: {secretariat}.
""",
    ),
    registration=(
        "Confirmación de inscripción: {party}",
        """
Excelencia:

Tengo el honor de confirmar que la delegación de {party} ha quedado inscrita en el encuentro «{edition}», que se \
celebrará en {city} ({days}).

Número de personas inscritas: {people_count}. Sus nombres figuran a continuación, tal como aparecen en el pasaporte.

Si fuera preciso corregir un nombre o un documento, el punto de contacto puede solicitarlo en {portal}.
""",
    ),
    visa=(
        "Apoyo para visados: delegación de {party}",
        """
Al servicio consular:

{host_office} presenta sus atentos saludos y tiene el honor de comunicar que las personas que se indican a \
continuación, miembros de la delegación de {party}, han sido invitadas al encuentro «{edition}», que se celebrará en \
{city} ({days}).

Número de personas: {people_count}.

Le agradeceremos que se les expidan a la mayor brevedad los visados para los días del encuentro y los necesarios para \
el viaje. De esta solicitud ha sido informado el organismo responsable: {lead_ministry}.
""",
    ),
    other=(
        "{edition}",
        """
Excelencia:

En relación con el encuentro «{edition}», que se celebrará en {city} ({days}), tengo el honor de comunicarle lo \
siguiente.
""",
    ),
)
