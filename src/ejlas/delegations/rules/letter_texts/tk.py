"""The starting texts of letters in Turkmen."""

from ejlas.delegations.rules.letter_texts.texts import texts

TEXTS = texts(
    "Alyjenap, Size bolan belent hormatymy kabul etmegiňizi haýyş edýärin.",
    invitation=(
        "“{edition}” atly duşuşyga çakylyk",
        """
Alyjenap,

{host_office} adyndan Sizi we wekiliýetiňizi ({party}) {days} senesinde {city} şäherinde geçiriljek “{edition}” atly \
duşuşyga gatnaşmaga çagyrmagy özüme mertebe bilýärin.

Siziň gatnaşmagyňyz sebitlerimiziň arasyndaky dostlugy pugtalandyrar we bilelikde kabul ediljek çözgütlere aýratyn \
ähmiýet berer.

Saparyňyzy göwnejaý taýýarlamak üçin şulary haýyş edýäris:
– {nominate_by} senesine çenli wekiliýet bilen habarlaşmak üçin jogapkär adamy bellemegiňizi;
– wekiliýetiň sanawyny {portal} salgysynda bermegiňizi we {confirm_by} senesine çenli tassyklamagyňyzy;
– duşuşyga hut özüňiziň gatnaşjakdygyňyzy ýa-da haýsy derejede wekilçilik ediljekdigini habar bermegiňizi.

Ähli soraglar boýunça ýüz tutup bilersiňiz: {secretariat}.

Sizi {city} şäherinde garşylamaga şat bolarys.
""",
    ),
    reminder=(
        "Wekiliýetiň sanawy hakynda ýatlatma: {party}",
        """
Alyjenap,

{days} senesinde {city} şäherinde geçiriljek “{edition}” atly duşuşyga çakylygymyza salgylanyp, saparyňyzyň \
taýýarlygynyň bagly bolan iki möhletini ýatlatmagy özüme mertebe bilýärin:
– wekiliýetiň hödürlenmegi: {nominate_by} senesine çenli;
– sanawyň tassyklanmagy: {confirm_by} senesine çenli.

Sanaw {portal} salgysynda berilýär we doldurylýar. Eger sanaw eýýäm iberilen bolsa, bu haty üns bermän goýmagyňyzy \
haýyş edýäris.

Kynçylyk ýüze çyksa, ýüz tutup bilersiňiz: {secretariat}.
""",
    ),
    registration=(
        "Hasaba alynmagyň tassyklamasy: {party}",
        """
Alyjenap,

Wekiliýetiňiziň ({party}) {days} senesinde {city} şäherinde geçiriljek “{edition}” atly duşuşyk üçin hasaba \
alnandygyny tassyklamagy özüme mertebe bilýärin.

Hasaba alnan adamlaryň sany: {people_count}. Olaryň atlary pasportdaky ýazylyşy boýunça aşakda getirilýär.

Ada ýa-da resminama düzediş gerek bolsa, habarlaşmak üçin jogapkär adam {portal} salgysynda haýyş edip biler.
""",
    ),
    visa=(
        "Wiza goldawy: {party}",
        """
Konsullyk gullugyna

{host_office} öz hormatyny bildirýär we aşakda atlary getirilen adamlaryň ({party} wekiliýeti) {days} senesinde \
{city} şäherinde geçiriljek “{edition}” atly duşuşyga çagyrylandygyny habar bermegi özüne mertebe bilýär.

Adamlaryň sany: {people_count}.

Olara duşuşygyň günleri we ýol üçin gerek günler boýunça mümkin boldugyça gysga wagtda wiza berilmegini haýyş \
edýäris. Bu haýyş barada jogapkär edara habar berildi: {lead_ministry}.
""",
    ),
    other=(
        "“{edition}”",
        """
Alyjenap,

{days} senesinde {city} şäherinde geçiriljek “{edition}” atly duşuşyk bilen baglylykda şulary habar bermegi özüme \
mertebe bilýärin.
""",
    ),
)
