"""The starting texts of letters in Portuguese."""

from ejlas.delegations.rules.letter_texts.texts import texts

TEXTS = texts(
    "Queira Vossa Excelência aceitar os protestos da minha mais elevada consideração.",
    invitation=(
        "Convite: {edition}",
        """
Excelência,

Em nome de {host_office}, tenho a honra de convidar Vossa Excelência, com a delegação de {party}, para o encontro \
«{edition}», que se realizará em {city} ({days}).

A presença de Vossa Excelência reforçará a amizade entre as nossas regiões e dará peso às decisões que tomaremos em \
comum.

Para que a estada seja preparada com o devido cuidado, muito agradeceria que o Gabinete de Vossa Excelência:
– designasse um ponto de contacto da delegação até {nominate_by};
– apresentasse a lista da delegação em {portal} e a confirmasse até {confirm_by};
– nos comunicasse se Vossa Excelência participará em pessoa ou será representado, e a que nível.

Para qualquer esclarecimento está à disposição: {secretariat}.

Será um grande prazer receber Vossa Excelência em {city}.
""",
    ),
    reminder=(
        "Lembrete: delegação de {party}",
        """
Excelência,

Com referência ao nosso convite para o encontro «{edition}», que se realizará em {city} ({days}), tenho a honra de \
recordar os dois prazos de que depende a preparação da visita:
– indicação da delegação: {nominate_by};
– confirmação da lista: {confirm_by}.

A lista é apresentada e completada em {portal}. Caso já tenha sido enviada, queira não considerar esta carta.

Em caso de dificuldade está à disposição: {secretariat}.
""",
    ),
    registration=(
        "Confirmação de inscrição: {party}",
        """
Excelência,

Tenho a honra de confirmar que a delegação de {party} se encontra inscrita no encontro «{edition}», que se realizará \
em {city} ({days}).

Número de pessoas inscritas: {people_count}. Os nomes constam abaixo, na grafia do passaporte.

Se for necessário corrigir um nome ou um documento, o ponto de contacto pode solicitá-lo em {portal}.
""",
    ),
    visa=(
        "Apoio à emissão de vistos: delegação de {party}",
        """
Ao serviço consular,

{host_office} apresenta os seus cumprimentos e tem a honra de comunicar que as pessoas abaixo indicadas, da delegação \
de {party}, foram convidadas para o encontro «{edition}», que se realizará em {city} ({days}).

Número de pessoas: {people_count}.

Muito se agradece que lhes sejam emitidos, com a maior brevidade, vistos para os dias do encontro e os necessários à \
viagem. Deste pedido foi informado o organismo responsável: {lead_ministry}.
""",
    ),
    other=(
        "{edition}",
        """
Excelência,

A propósito do encontro «{edition}», que se realizará em {city} ({days}), tenho a honra de comunicar o seguinte.
""",
    ),
)
