"""Words of the invented summit of Atlantic harbour cities: places, themes, names and points, in two languages."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]

DAYS = ("2027-10-30", "2027-10-31", "2027-11-01")

# slug, country, Portuguese name, Spanish name, latitude, longitude, languages of the delegation, role
CITIES = (
    ("ponta-delgada", "PT", "Ponta Delgada", "Ponta Delgada", 37.74, -25.67, "pt en", "host"),
    ("lisboa", "PT", "Lisboa", "Lisboa", 38.72, -9.14, "pt en", "member"),
    ("porto", "PT", "Porto", "Oporto", 41.15, -8.61, "pt es", "member"),
    ("funchal", "PT", "Funchal", "Funchal", 32.65, -16.91, "pt", "member"),
    ("vigo", "ES", "Vigo", "Vigo", 42.24, -8.72, "es pt", "member"),
    ("a-coruna", "ES", "Corunha", "A Coruña", 43.36, -8.41, "es", "member"),
    ("cadiz", "ES", "Cádis", "Cádiz", 36.53, -6.29, "es", "member"),
    ("las-palmas", "ES", "Las Palmas", "Las Palmas de Gran Canaria", 28.12, -15.43, "es en", "member"),
    ("bilbao", "ES", "Bilbau", "Bilbao", 43.26, -2.93, "es", "member"),
    ("bordeaux", "FR", "Bordéus", "Burdeos", 44.84, -0.58, "fr es", "member"),
    ("nantes", "FR", "Nantes", "Nantes", 47.22, -1.55, "fr", "member"),
    ("brest", "FR", "Brest", "Brest", 48.39, -4.49, "fr en", "member"),
    ("la-rochelle", "FR", "La Rochelle", "La Rochelle", 46.16, -1.15, "fr", "member"),
    ("cork", "IE", "Cork", "Cork", 51.9, -8.47, "en", "member"),
    ("liverpool", "GB", "Liverpool", "Liverpool", 53.41, -2.98, "en", "guest"),
    ("casablanca", "MA", "Casablanca", "Casablanca", 33.57, -7.59, "fr", "member"),
    ("tanger", "MA", "Tânger", "Tánger", 35.77, -5.8, "fr es", "member"),
    ("dakar", "SN", "Dacar", "Dakar", 14.69, -17.45, "fr", "member"),
    ("praia", "CV", "Praia", "Praia", 14.93, -23.51, "pt", "member"),
    ("mindelo", "CV", "Mindelo", "Mindelo", 16.89, -24.98, "pt fr", "member"),
    ("abidjan", "CI", "Abidjã", "Abiyán", 5.35, -4.02, "fr", "member"),
    ("luanda", "AO", "Luanda", "Luanda", -8.84, 13.23, "pt", "member"),
    ("sao-tome", "ST", "São Tomé", "Santo Tomé", 0.34, 6.73, "pt", "member"),
    ("cidade-do-cabo", "ZA", "Cidade do Cabo", "Ciudad del Cabo", -33.92, 18.42, "en", "guest"),
    ("halifax", "CA", "Halifax", "Halifax", 44.65, -63.57, "en fr", "observer"),
    ("boston", "US", "Boston", "Boston", 42.36, -71.06, "en es", "guest"),
    ("veracruz", "MX", "Veracruz", "Veracruz", 19.17, -96.13, "es", "member"),
    ("havana", "CU", "Havana", "La Habana", 23.11, -82.37, "es", "member"),
    ("santo-domingo", "DO", "São Domingos", "Santo Domingo", 18.49, -69.93, "es", "member"),
    ("cartagena", "CO", "Cartagena das Índias", "Cartagena de Indias", 10.39, -75.48, "es en", "member"),
    ("salvador", "BR", "Salvador", "Salvador de Bahía", -12.97, -38.5, "pt", "member"),
    ("recife", "BR", "Recife", "Recife", -8.05, -34.88, "pt es", "member"),
    ("fortaleza", "BR", "Fortaleza", "Fortaleza", -3.73, -38.52, "pt", "member"),
    ("santos", "BR", "Santos", "Santos", -23.96, -46.33, "pt en", "member"),
    ("montevideo", "UY", "Montevideu", "Montevideo", -34.9, -56.16, "es pt", "member"),
    ("buenos-aires", "AR", "Buenos Aires", "Buenos Aires", -34.6, -58.38, "es", "member"),
)
ORGANISATIONS = (
    ("secretariado-da-rede", "Secretariado da Rede", "Secretaría de la Red", "pt es"),
    ("portos-insulares", "Associação dos Portos Insulares", "Asociación de Puertos Insulares", "pt fr"),
    ("observatorio-do-oceano", "Observatório do Oceano", "Observatorio del Océano", "en fr"),
    ("universidade-das-mares", "Universidade das Marés", "Universidad de las Mareas", "es en"),
)
THEMES = (
    ("descarbonizacao", "a descarbonização dos portos", "la descarbonización de los puertos"),
    ("eolica", "a energia eólica ao largo da costa", "la energía eólica marina"),
    ("pescas", "as pescas sustentáveis", "la pesca sostenible"),
    ("cruzeiros", "o turismo de cruzeiros", "el turismo de cruceros"),
    ("cabos", "os cabos submarinos", "los cables submarinos"),
    ("adaptacao", "a adaptação da costa às alterações climáticas", "la adaptación de la costa al cambio climático"),
    ("residuos", "os resíduos no mar", "los residuos en el mar"),
    ("patrimonio", "o património marítimo", "el patrimonio marítimo"),
    ("formacao", "a formação náutica dos jovens", "la formación náutica de los jóvenes"),
    ("cabotagem", "o transporte marítimo de curta distância", "el transporte marítimo de corta distancia"),
    ("economia-azul", "a economia azul", "la economía azul"),
    ("seguranca", "a segurança da navegação", "la seguridad de la navegación"),
)
FORMS = (
    ("painel", "Painel sobre", "Panel sobre"),
    ("oficina", "Oficina sobre", "Taller sobre"),
    ("experiencias", "Experiências das cidades com", "Experiencias de las ciudades con"),
    ("debate", "Debate aberto sobre", "Debate abierto sobre"),
)
FIRST_NAMES = ("Inês", "Tomás", "Lucía", "Álvaro", "Aïcha", "Étienne", "Niamh", "João", "Conceição", "Martín")
LAST_NAMES = ("Furtado Medeiros", "Otero Piñeiro", "Le Goff", "Évora Delgado")
OFFICES = (
    ("Vereação do mar", "Concejalía del mar"),
    ("Direção do porto", "Dirección del puerto"),
    ("Gabinete do clima", "Oficina del clima"),
    ("Serviço de turismo", "Servicio de turismo"),
)
# topic, verb, Portuguese, Spanish, owner, due on, measure
POINTS = (
    ("descarbonizacao", "undertook", "As cidades instalam ligações elétricas para navios em cais.",
     "Las ciudades instalan conexiones eléctricas para buques atracados.",
     ("Secretariado da Rede", "Secretaría de la Red"), "2030-12-31",
     ("Cais com ligação elétrica em 20 portos", "Muelles con conexión eléctrica en 20 puertos")),
    ("eolica", "supported", "As cidades apoiam zonas comuns de energia eólica ao largo.",
     "Las ciudades apoyan zonas comunes de energía eólica marina.", None, None, None),
    ("pescas", "decided", "Cria-se um registo comum de lotas.", "Se crea un registro común de lonjas.",
     ("Vigo e Mindelo", "Vigo y Mindelo"), "2028-06-30",
     ("Registo aberto com dados de 15 lotas", "Registro abierto con datos de 15 lonjas")),
    ("cruzeiros", "agreed", "As cidades acordam um limite diário de passageiros de cruzeiro.",
     "Las ciudades acuerdan un límite diario de pasajeros de crucero.", None, "2029-03-31", None),
    ("cabos", "called", "Apela-se à proteção dos cabos submarinos.",
     "Se pide la protección de los cables submarinos.", None, None, None),
    ("adaptacao", "undertook", "Cada cidade publica um plano de adaptação da sua frente de mar.",
     "Cada ciudad publica un plan de adaptación de su frente marítimo.",
     ("Cada cidade membro", "Cada ciudad miembro"), "2029-12-31",
     ("Planos publicados por 30 cidades", "Planes publicados por 30 ciudades")),
    ("residuos", "agreed", "As cidades recolhem as redes perdidas.", "Las ciudades recogen las redes perdidas.",
     ("Observatório do Oceano", "Observatorio del Océano"), None, None),
    ("patrimonio", "welcomed", "Saúda-se o roteiro dos faróis atlânticos.",
     "Se celebra la ruta de los faros atlánticos.", None, None, None),
    ("formacao", "decided", "Abrem-se 200 bolsas de formação náutica.",
     "Se abren 200 becas de formación náutica.",
     ("Universidade das Marés", "Universidad de las Mareas"), "2028-09-30",
     ("200 bolsas atribuídas", "200 becas concedidas")),
    ("cabotagem", "stressed", "Sublinha-se o valor das linhas regulares entre ilhas.",
     "Se subraya el valor de las líneas regulares entre islas.", None, None, None),
    ("economia-azul", "noted", "Toma-se nota do relatório sobre a economia azul.", None, None, None, None),
    ("seguranca", "agreed", "As cidades partilham avisos à navegação.",
     "Las ciudades comparten avisos a la navegación.",
     None, "2028-12-31", ("Avisos trocados em menos de uma hora", "Avisos intercambiados en menos de una hora")),
)  # fmt: skip


def text(portuguese: str, spanish: str | None = None, *, unsure: bool = False) -> Row:
    """Return a text in the two languages of the summit."""
    wording: Row = {"pt": portuguese}
    if spanish:
        wording["es"] = spanish
    return {**wording, "unsure": ["es"]} if unsure and spanish else wording
