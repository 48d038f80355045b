// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/header_lexicon.h"

#include <array>
#include <string_view>

// The words of header_lexicon.h; nobody else includes this.
namespace outrider::exchange {

struct LexiconEntry {
    std::array<Concept, 2> concepts;
    // Phrases between bars, as headerWords() makes them; fillers ("of", "de") left out or not.
    // "=ort" only counts as the whole header: alone it is clear, inside others it is not.
    std::string_view phrases;
};

namespace lexicon {

using C = Concept;

constexpr LexiconEntry one(Concept c, std::string_view phrases) { return {{c, c}, phrases}; }

constexpr LexiconEntry two(Concept a, Concept b, std::string_view phrases) { return {{a, b}, phrases}; }

// English, German, French, Spanish, Italian, Dutch, Portuguese, Polish. Without accents: ß is ss.
// clang-format off
inline constexpr LexiconEntry entries[]{
    // ── Of whom or what
    two(C::Person, C::Contact,
        "contact|contacts|kontakt|kontakte|contacto|contactos|contatto|contatti|contato|contatos"),
    one(C::Person,
        "person|people|lead|leads|prospect|prospects|recipient|member|customer|client|individual|"
        "decision maker|subscriber|contact person|"
        "kontaktperson|ansprechpartner|ansprechpartnerin|ansprechperson|interessent|empfanger|kunde|kunden|"
        "personne|interlocuteur|destinataire|"
        "persona|persona contacto|cliente|clientes|destinatario|interlocutor|"
        "persona contatto|referente|"
        "persoon|contactpersoon|klant|ontvanger|"
        "pessoa|pessoa contato|"
        "osoba|osoba kontaktowa|osoba do kontaktu|klient|odbiorca"),
    one(C::Company,
        "company|companies|organization|organisation|organizations|org|employer|account|accounts|"
        "corporate|workplace|"
        "corporation|institution|agency|trading name|"
        "firma|firmen|unternehmen|betrieb|betriebs|gesellschaft|arbeitgeber|institut|"
        "societe|entreprise|raison sociale|etablissement|employeur|"
        "empresa|empresas|compania|organizacion|razon social|empleador|"
        "azienda|societa|ditta|impresa|ragione sociale|organizzazione|datore lavoro|"
        "bedrijf|bedrijfs|onderneming|organisatie|werkgever|"
        "companhia|organizacao|razao social|empregador|"
        "przedsiebiorstwo|spolka|organizacja|firmy|firmowy|firmowa|firmowe|pracodawca"),
    one(C::Headquarters,
        "hq|headquarter|headquarters|head office|main office|switchboard|hauptsitz|zentrale|firmensitz|"
        "siege|siege social|"
        "sede|sede central|sede legale|sede principale|centralita|centralino|hoofdkantoor|siedziba|"
        "company main office"),
    one(C::Deal,
        "deal|deals|opportunity|opportunities|pipeline|verkaufschance|affaire|oportunidad|"
        "opportunita|oportunidade|"
        "szansa"),
    one(C::Owner,
        "owner|owners|assigned|assigned to|assignee|assigned user|sales rep|sales representative|"
        "account manager|"
        "account executive|sdr|bdr|rep|salesperson|agent|lead owner|record owner|"
        "besitzer|eigentumer|eigentuemer|zustandig|zustaendig|zustandiger|verantwortlich|"
        "verantwortlicher|betreuer|"
        "sachbearbeiter|zugewiesen|zugewiesen an|vertriebsmitarbeiter|"
        "proprietaire|responsable|attribue a|assigne a|charge compte|"
        "propietario|asignado|asignado a|comercial asignado|"
        "proprietario|responsabile|assegnato|assegnato a|"
        "eigenaar|verantwoordelijke|toegewezen|toegewezen aan|accountmanager|"
        "responsavel|atribuido|atribuido a|"
        "wlasciciel|opiekun|przypisany|przypisany do"),
    one(C::Relation,
        "assistant|assistants|asst|manager|managers|supervisor|spouse|wife|husband|child|children|"
        "referred by|referrer|"
        "referral|reports to|emergency|secretary|relation|"
        "assistent|assistentin|assistenz|vorgesetzter|ehepartner|kinder|sekretariat|empfohlen von|"
        "assistante|conjoint|secretariat|asistente|conyuge|secretaria|assistente|coniuge|segretaria|"
        "echtgenoot|"
        "asystent|malzonek"),
    one(C::Previous,
        "previous|prior|former|past|past experience|ex|last job|last company|old|"
        "fruher|fruhere|fruherer|fruheres|vorherig|vorherige|vorheriger|vorheriges|ehemalig|ehemalige|"
        "ehemaliger|"
        "letzter arbeitgeber|precedent|precedente|ancien|ancienne|anterior|previo|antiguo|precedenti|"
        "ex azienda|vorig|"
        "vorige|voormalig|voormalige|antigo|antiga|poprzedni|poprzednia|poprzednie|byly|byla"),
    one(C::Group,
        "parent|parent company|subsidiary|subsidiary of|holding|ultimate parent|konzern|muttergesellschaft|"
        "tochtergesellschaft|societe mere|maison mere|filiale|empresa matriz|matriz|capogruppo|"
        "moederbedrijf|"
        "moedermaatschappij|spolka matka"),
    one(C::Product,
        "hubspot|salesforce|sfdc|pipedrive|apollo|zoominfo|zoho|freshsales|copper|crm|lusha|"
        "cognism|lemlist|instantly|"
        "clay|rocketreach|hunter|snov|seamless|odoo|dynamics|monday|activecampaign|mailchimp|"
        "outreach|salesloft"),
    // ── Names
    one(C::FirstName,
        "first name|first names|fname|f name|given name|given names|forename|christian name|=first|vorname|"
        "vornamen|rufname|prenom|prenoms|"
        "nombre pila|primer nombre|nome proprio|nome battesimo|voornaam|voornamen|roepnaam|primeiro nome|"
        "imie|imiona"),
    one(C::MiddleName,
        "middle name|middle|weitere vornamen|mname|m name|middle initial|additional name|zweiter vorname|deuxieme prenom|"
        "segundo nombre|"
        "secondo nome|tussenvoegsel|tweede naam|segundo nome|nome meio|drugie imie"),
    one(C::LastName,
        "last name|lname|l name|surname|family name|second name|=last|nachname|nachnamen|familienname|"
        "zuname|"
        "nom famille|nom de famille|apellido|apellidos|primer apellido|cognome|cognomi|achternaam|"
        "familienaam|"
        "sobrenome|apelido|ultimo nome|nazwisko|nazwiska"),
    one(C::FullName,
        "full name|display name|anzeigename|nom affiche|complete name|contact name|person name|lead name|contact full name|"
        "name surname|"
        "first last name|first last|first name last name|firstname lastname|name and surname|"
        "vor nachname|vorname nachname|nachname vorname|name vorname|vorname name|vollstandiger name|"
        "voller name|"
        "ganzer name|kontaktname|nom complet|nom prenom|prenom nom|nom contact|nombre completo|"
        "nombre apellido|"
        "nombre apellidos|apellidos nombre|nombre contacto|nome completo|nome cognome|cognome nome|"
        "nominativo|"
        "nome contatto|volledige naam|voor achternaam|voornaam achternaam|contactnaam|nome sobrenome|"
        "nome apelido|"
        "nome contato|imie nazwisko|nazwisko imie|imie i nazwisko"),
    one(C::Name,
        "name|names|bezeichnung|nom|noms|nombre|nombres|nome|nomi|naam|namen|nazwa"),
    one(C::NameVariant,
        "phonetic|yomi|furigana|nickname|nick name|nick|alias|suffix|name suffix|maiden|maiden name|"
        "initials|file as|"
        "screen name|pronouns|pronoun|spitzname|geburtsname|initialen|initiales|surnom|apodo|iniciales|"
        "soprannome|"
        "iniziali|bijnaam|voorletters|apelido familiar|inicjaly"),
    one(C::Salutation,
        "salutation|honorific|name prefix|prefix|courtesy title|mr mrs|mr ms|title prefix|academic title|"
        "anrede|briefanrede|akademischer titel|namenspraefix|civilite|formule politesse|tratamiento|"
        "titolo cortesia|"
        "appellativo|aanhef|tratamento|pronome tratamento|zwrot grzecznosciowy|forma grzecznosciowa"),
    one(C::Title,
        "title|titles|titel|titre|titulo|titolo|tytul"),
    one(C::Job,
        "job title|job|position|role|function|profession|occupation|designation|job role|job position|"
        "current title|"
        "current position|"
        "funktion|stelle|stellenbezeichnung|berufsbezeichnung|beruf|berufstitel|jobtitel|jobbezeichnung|"
        "rolle|"
        "funktionsbezeichnung|"
        "fonction|poste|intitule poste|titre poste|titre professionnel|metier|emploi|"
        "cargo|puesto|puesto trabajo|funcion|rol|ocupacion|titulo profesional|profesion|posicion|"
        "ruolo|mansione|posizione|posizione lavorativa|qualifica|professione|incarico|titolo professionale|"
        "functie|functietitel|functieomschrijving|functienaam|beroep|positie|"
        "funcao|profissao|posicao|ocupacao|titulo cargo|cargo funcao|"
        "stanowisko|stanowisko pracy|rola|zawod|funkcja|tytul zawodowy"),
    one(C::Unknown,
        "do not modify|job function|job level|job family|job start|job change|job description|title description|"
        "management level|"
        "reply to|reply rate|response rate|bounce rate|open rate|unsubscribe rate|in reply to|"
        "response time"),
    one(C::Department,
        "department|departments|dept|division|abteilung|fachbereich|geschaftsbereich|bereich|=service|"
        "departement|"
        "departamento|reparto|dipartimento|afdeling|dzial"),
    one(C::Language,
        "language|languages|locale|sprache|korrespondenzsprache|langue|idioma|lingua|taal|"
        "voorkeurstaal|jezyk"),
    // ── Ways to reach
    one(C::Email,
        "email|emails|e mail|e mails|mail|mails|email id|mail id|smtp address|"
        "emailadresse|mailadresse|courriel|mel|adresse electronique|correo|correos|correo electronico|"
        "direccion correo electronico|posta elettronica|indirizzo posta elettronica|emailadres|mailadres|"
        "correio eletronico|endereco eletronico|poczta elektroniczna"),
    one(C::Phone,
        "phone|phones|telephone|tel|landline|telefon|telefonnr|rufnummer|festnetz|fon|telefonu|"
        "fixe|ligne directe|"
        "telefono|fijo|fisso|telefoon|vaste lijn|telefone|fixo|stacjonarny"),
    two(C::Email, C::Other, "=pec"),
    two(C::Phone, C::Work,
        "direct dial|direct line|ddi|did|durchwahl|linea directa|linea diretta|direct number"),
    two(C::Headquarters, C::Phone,
        "company main phone|company main number|zentrale telefon|main company phone"),
    one(C::Mobile,
        "mobile|mobile phone|tel kom|cell|cell phone|cellular|smartphone|whatsapp|whats app|mobil|mobiltelefon|"
        "mobilnummer|"
        "mobilfunk|handy|handynummer|natel|portable|telephone portable|telephone mobile|gsm|movil|"
        "telefono movil|"
        "celular|cellulare|telefonino|mobiel|mobiele nummer|mobiele telefoon|mobieltje|telemovel|"
        "telemoveis|"
        "komorka|komorkowy|telefon komorkowy|komorki"),
    one(C::Fax,
        "fax|faxes|telefax|telecopie|faks|faksu|pager|telex|isdn|tty|tdd|radio|callback|car"),
    one(C::Sms,
        "sms|text|text message|texts"),
    one(C::Extension,
        "ext|extension|anexo"),
    one(C::Url,
        "url|urls|link|links|uri|href|lien|enlace|vinculo|collegamento|token"),
    one(C::Website,
        "website|websites|web site|web|web page|webpage|site|homepage|home page|www|"
        "webseite|webauftritt|internet|internetadresse|internetseite|webadresse|site web|site internet|"
        "sitio|"
        "sitio web|pagina|pagina web|sito|sito web|sito internet|webadres|webstek|strona|strona www|"
        "strona internetowa|witryna"),
    one(C::Domain,
        "domain|domains|root domain|web domain|email domain|domane|domaine|dominio|domein|domena|"
        "domain name"),
    one(C::Profile,
        "profile|profiles|page|profil|perfil|profilo|profiel"),
    one(C::LinkedIn,
        "linkedin|linked in|li"),
    one(C::SalesNavigator,
        "sales navigator|sales nav|salesnavigator|salesnav"),
    one(C::OtherNetwork,
        "facebook|fb|twitter|x|instagram|xing|skype|github|youtube|tiktok|telegram|viber|"
        "crunchbase|angellist|"
        "snapchat|slack|messenger|pinterest|im|chat"),
    // ── Which of several
    one(C::Work,
        "work|business|office|professional|direct|geschaftlich|geschaeftlich|dienstlich|arbeit|buro|"
        "buero|beruflich|"
        "direkt|professionnel|professionnelle|pro|bureau|travail|directe|trabajo|laboral|oficina|"
        "profesional|directo|"
        "lavoro|ufficio|lavorativo|aziendale|diretto|werk|zakelijk|zakelijke|kantoor|trabalho|"
        "profissional|comercial|"
        "escritorio|direto|praca|sluzbowy|sluzbowa|sluzbowe|biuro|bezposredni"),
    one(C::Home,
        "home|private|personal|privat|privater|private|domicile|personnel|personnelle|prive|casa|"
        "particular|"
        "abitazione|privato|personale|thuis|residencial|pessoal|domowy|domowa|prywatny|prywatna"),
    one(C::Other,
        "other|others|alternate|alternative|additional|extra|alt|andere|anderer|anderes|weitere|"
        "weiterer|weiteres|"
        "sonstige|sonstiges|zusatzlich|zusatzliche|alternativ|autre|autres|supplementaire|otro|"
        "otra|otros|adicional|"
        "alternativo|alternativa|altro|altra|altri|aggiuntivo|ander|overig|overige|alternatief|"
        "outro|outra|inny|inna|"
        "inne|dodatkowy|dodatkowa|alternatywny"),
    one(C::Primary,
        "primary|main|default|preferred|best|current|recommended|primare|primarer|primares|haupt|primar|bevorzugt|standard|aktuell|"
        "aktuelle|aktueller|"
        "principal|principale|actuel|actuelle|actual|attuale|hoofd|primair|primaire|primario|"
        "primaria|huidige|atual|"
        "glowny|glowna|obecny|obecna"),
    one(C::Second,
        "second|secondary|sekundare|sekundarer|sekundar|zweite|zweiter|zweites|zweit|secondaire|deuxieme|segundo|segunda|secundario|"
        "secundaria|"
        "secondario|secondaria|secondo|seconda|tweede|secundair|secundaire|drugi|druga|drugie|backup"),
    one(C::Third,
        "third|tertiary|dritte|dritter|drittes|troisieme|tertiaire|tercer|tercero|tercera|terzo|"
        "terza|derde|terceiro|"
        "terceira|trzeci|trzecia"),
    one(C::Mailing,
        "mailing|mailings|correspondence|korrespondenz|correspondance|correspondencia|corrispondenza"),
    one(C::Billing,
        "billing|invoice|invoicing|rechnung|rechnungs|facturation|facturacion|fatturazione|"
        "factuur|facturatie|"
        "cobranca|faktura|rozliczeniowy"),
    one(C::Shipping,
        "shipping|delivery|ship to|liefer|lieferung|versand|livraison|envio|entrega|spedizione|consegna|"
        "verzend|"
        "bezorg|dostawa|wysylka"),
    // ── Places
    one(C::Street,
        "street|street address|street name|address line|addr|strasse|strassenname|rue|voie|calle|=via|"
        "straat|rua|"
        "ulica|ul|adresszeile"),
    one(C::Address,
        "address|addresses|adresse|adressen|anschrift|postanschrift|postadresse|adresse postale|"
        "postal address|"
        "direccion|direccion postal|domicilio|indirizzo|indirizzo postale|adres|postadres|endereco|morada"),
    one(C::City,
        "city|town|suburb|locality|stadt|ort|ortschaft|wohnort|gemeinde|ville|commune|ciudad|poblacion|"
        "localidad|"
        "municipio|citta|comune|localita|plaats|plaatsnaam|stad|woonplaats|gemeente|cidade|localidade|"
        "miasto|"
        "miejscowosc"),
    one(C::Region,
        "state|province|prov|region|county|prefecture|bundesland|bundesstaat|kanton|provinz|etat|provincia|"
        "estado|"
        "comunidad autonoma|regione|stato|regio|provincie|staat|distrito|regiao|=uf|wojewodztwo|prowincja"),
    one(C::Postal,
        "zip|zip code|postal code|post code|postcode|postal|zip postal code|pin code|pincode|eircode|"
        "postleitzahl|plz|"
        "code postal|=npa|codigo postal|=cp|=cap|codice postale|codice avviamento postale|cep|kod pocztowy"),
    one(C::Country,
        "country|countries|country region|land region|pays region|pais region|paese regione|nation|land|"
        "lander|pays|pais|paese|nazione|kraj|panstwo|landeskennzeichen"),
    one(C::Location,
        "location|geography|geo|place|based in|metro area|standort|lieu|localisation|ubicacion|"
        "localizacion|luogo|"
        "ubicazione|localizzazione|locatie|vestiging|localizacao|lokalizacja"),
    one(C::TimeZone,
        "time zone|tz|zeitzone|fuseau horaire|fuseau|zona horaria|huso horario|fuso orario|tijdzone|"
        "fuso horario|"
        "strefa czasowa"),
    one(C::PlaceDetail,
        "po box|p o box|latitude|longitude|lat|lng|formatted|extended|apartment|suite|floor|building|"
        "house number|"
        "street number|geocode|postfach|hausnummer|boite postale|apartado|casella postale|numero civico|"
        "postbus|"
        "huisnummer|caixa postal|skrytka|nr domu|complement|complemento|zusatz|adresszusatz"),
    // ── The company's facts
    one(C::Industry,
        "industry|industries|vertical|primary industry|branche|branchen|industrie|industriezweig|"
        "wirtschaftszweig|"
        "sektor|sector|secteur|secteur activite|industria|sector actividad|settore|settore attivita|"
        "bedrijfstak|ramo|"
        "ramo atividade|setor|branza"),
    one(C::Employees,
        "employees|employee count|number employees|no employees|num employees|headcount|head count|staff|"
        "staff count|"
        "employee range|employee size|full time employees|"
        "mitarbeiter|mitarbeitende|mitarbeiterzahl|mitarbeiteranzahl|beschaftigte|belegschaft|"
        "effectif|effectifs|employes|nombre employes|nombre salaries|salaries|"
        "empleados|numero empleados|num empleados|plantilla|dipendenti|numero dipendenti|addetti|"
        "medewerkers|werknemers|personeel|personeelsbestand|funcionarios|numero funcionarios|colaboradores|"
        "pracownicy|pracownikow|liczba pracownikow|zatrudnienie"),
    one(C::Size,
        "size|grosse|groesse|taille|tamano|dimensione|dimensioni|grootte|omvang|tamanho|wielkosc"),
    one(C::Revenue,
        "revenue|revenues|annual revenue|turnover|sales volume|annual sales|umsatz|jahresumsatz|"
        "chiffre affaires|=ca|"
        "ingresos|volumen negocio|=facturacion|facturacion anual|fatturato|volume affari|omzet|jaaromzet|"
        "faturamento|"
        "receita|przychod|przychody|obrot|obroty"),
    one(C::Short,
        "short|for emails|for email|cleaned|clean|casual|informal|kurz|kurzform|fur emails|court|abrege|"
        "pour emails|"
        "corto|breve|kort|korte|curto|skrocona|skrot"),
    // ── Bookkeeping
    one(C::Id,
        "id|identifier|record id|object id|external id|externe id|system id|unique id|uuid|guid|"
        "kennung|kundennummer|kundennr|identifiant|numero client|identificador|numero cliente|"
        "identificativo|"
        "klantnummer|identificatie|identyfikator|numer klienta"),
    one(C::Ids,
        "ids"),
    one(C::Number,
        "number|numbers|nummer|nr|numero|num|numer"),
    one(C::Code,
        "code|codes|iso|codigo|codice|kod|kurzel"),
    one(C::Status,
        "status|statut|estatus|situacao|estado lead|estado contacto|stato lead|stato contatto|disposition"),
    one(C::Stage,
        "stage|lifecycle stage|lifecycle|phase|funnel stage|etapa|fase|etape|etap|funnel"),
    one(C::Source,
        "source|lead source|original source|origin|quelle|leadquelle|herkunft|origine|fuente|origen|fonte|"
        "provenienza|bron|herkomst|origem|zrodlo"),
    one(C::Created,
        "created|create|creation|created at|created on|created date|create date|created time|date added|"
        "added|"
        "added on|added at|erstellt|erstellt am|erstelldatum|erstellungsdatum|anlagedatum|angelegt|"
        "angelegt am|"
        "cree|cree le|ajoute le|date creation|date ajout|creado|creado el|fecha creacion|fecha alta|creato|"
        "creato il|"
        "data creazione|aangemaakt|aangemaakt op|aanmaakdatum|criado|criado em|data criacao|utworzono|"
        "data utworzenia|data dodania"),
    one(C::Connected,
        "connected on|connected|connected at|connection date|verbunden am|kontakt seit|connecte le|"
        "conectado el|"
        "connesso il|verbonden op|conectado em|polaczono"),
    one(C::Date,
        "date|dates|datum|fecha|data|timestamp"),
    one(C::Time,
        "time|zeit|uhrzeit|heure|hora|ora|tijd|godzina"),
    one(C::Modified,
        "modified|updated|changed|last modified|last updated|modified by|created by|system modstamp|update|"
        "geandert|geaendert|aktualisiert|erstellt von|modifie|mis a jour|cree par|modificado|actualizado|"
        "creado por|"
        "modificato|aggiornato|creato da|gewijzigd|bijgewerkt|aangemaakt door|atualizado|criado por|"
        "zmodyfikowano|"
        "zaktualizowano|utworzone przez"),
    one(C::Activity,
        "activity|last activity|last contacted|last contact|last touch|last seen|last viewed|"
        "last referenced|"
        "next activity|next step|next task|follow up|meeting|meetings|demo|demoed|visit|visits|session|"
        "contacted|"
        "task|tasks|due|close date|engaged|"
        "aktivitat|aktivitaet|letzte aktivitat|letzter kontakt|wiedervorlage|kontaktiert|activite|"
        "derniere activite|"
        "dernier contact|actividad|ultima actividad|ultimo contacto|attivita|ultima attivita|"
        "ultimo contatto|"
        "activiteit|laatste activiteit|laatste contact|atividade|ultima atividade|ultimo contato|aktywnosc|"
        "ostatnia aktywnosc|ostatni kontakt"),
    one(C::Score,
        "score|scores|lead score|points|punkte|punktzahl|puntuacion|puntaje|punteggio|pontuacao|wynik"),
    one(C::Tags,
        "tag|tags|labels|categories|category|groups|group membership|lists|=group|=list|list name|=segment|"
        "segments|"
        "schlagwort|schlagworte|schlagworter|stichwort|stichworte|stichworter|etiketten|kategorie|"
        "kategorien|"
        "gruppe|gruppen|verteiler|listen|etiquette|etiquettes|categorie|groupe|groupes|etiqueta|etiquetas|"
        "categoria|categorias|grupo|grupos|etichetta|etichette|categorie|gruppo|gruppi|trefwoord|"
        "trefwoorden|"
        "groep|groepen|labels|etykieta|etykiety|tagi|kategoria|grupa|grupy"),
    one(C::Notes,
        "note|notes|hintergrund|contexte|comment|comments|remark|remarks|description|memo|background|additional info|"
        "additional information|=info|notiz|notizen|bemerkung|bemerkungen|anmerkung|anmerkungen|kommentar|"
        "kommentare|beschreibung|zusatzinfo|remarque|remarques|commentaire|commentaires|nota|notas|"
        "observacion|"
        "observaciones|comentario|comentarios|descripcion|osservazione|osservazioni|commento|commenti|"
        "annotazioni|"
        "descrizione|opmerking|opmerkingen|notitie|notities|beschrijving|omschrijving|observacao|"
        "observacoes|"
        "descricao|uwaga|uwagi|notatka|notatki|komentarz|opis"),
    one(C::Label,
        "label|bezeichner"),
    one(C::Type,
        "type|typ|tipo"),
    one(C::Value,
        "value|values|field|wert|valeur|valor|valore|waarde|wartosc"),
    one(C::Reason,
        "reason|grund|raison|motif|motivo|razon|reden|powod"),
    one(C::Count,
        "#|count|number of|anzahl|aantal|liczba|total|times"),
    one(C::Verification,
        "verification|verified|validity|valid|validation|deliverability|zero bounce|zerobounce|"
        "never bounce|"
        "neverbounce|de bounce|debounce|confidence|quality|catch all|catchall|verifiziert|verifizierung|"
        "verifie|"
        "verificado|verificacion|verificato|verifica|geverifieerd|verificatie|verificacao|zweryfikowany|"
        "weryfikacja"),
    one(C::Deleted,
        "deleted|geloscht|supprime|eliminado|eliminato|verwijderd|usuniety"),
    // ── Refusals, permissions and history
    one(C::OptOut,
        "opt out|opted out|optout|optedout|opts out|opt outs|opting out|objection|objected|complaint|"
        "complained|"
        "complaints|spam complaint|spam|spam report|marked spam|gdpr objection|removal request|"
        "widerspruch|widersprochen|werbewiderspruch|werbesperre|widerruf|widerrufen|beschwerde|ausgetragen|"
        "opposition|oppose|refus|refuse|oposicion|opone|se opone|opposizione|revoca|revocato|bezwaar|"
        "oposicao|"
        "sprzeciw|rezygnacja|zrezygnowal"),
    one(C::Unsubscribed,
        "unsubscribed|unsubscribe|optou sair|optou por sair|richiesta cancellazione|cancellazione|unsubscribes|unsubscription|unsub|unsubbed|un subscribed|"
        "abgemeldet|abmeldung|abbestellt|abbestellung|desabonne|desabonnee|desabonnement|desinscrit|"
        "desinscrite|"
        "desinscription|baja|dado baja|dada baja|suscripcion cancelada|cancelado suscripcion|desuscrito|"
        "desuscrita|"
        "desuscripcion|disiscritto|disiscritta|disiscrizione|iscrizione cancellata|uitgeschreven|"
        "uitschrijving|"
        "afgemeld|afmelding|descadastrado|descadastrada|descadastro|descadastramento|desinscrito|"
        "desinscricao|"
        "cancelou inscricao|inscricao cancelada|wypisany|wypisana|wypisano|wypisanie|wyrejestrowany"),
    one(C::Blocked,
        "blacklist|blacklisted|black list|black listed|blocked|blocklist|blocklisted|block list|suppressed|"
        "suppression|suppress|suppression list|do not disturb|dnd|excluded|exclude|exclusion|ineligible|"
        "gesperrt|sperre|sperrliste|sperrvermerk|kontaktsperre|sperrkennzeichen|robinson|robinsonliste|"
        "ausgeschlossen|bloque|liste noire|exclu|bloqueado|bloqueada|lista negra|lista robinson|excluido|"
        "bloccato|"
        "lista nera|registro opposizioni|escluso|geblokkeerd|zwarte lijst|uitgesloten|lista bloqueio|"
        "zablokowany|"
        "czarna lista|zastrzezony|wykluczony"),
    two(C::Blocked, C::Call,
        "bloctel|liste rouge|tps|ctps|mailerlite dnc|bel me niet|bel me niet register"),
    one(C::Not,
        "stop|stopp|not|do not|dont|don t|doesn t|never|nicht|kein|keine|keinen|verboten|ne pas|ne plus|pas|interdit|"
        "non|"
        "prohibido|nunca|vietato|niet|geen|nooit|nao|nie|proibido|zakaz"),
    two(C::Not, C::Call,
        "dnc|donotcall|nocall|anrufverbot|anrufsperre|telefonsperre|telefonverbot|kaltakquiseverbot"),
    two(C::Not, C::Email,
        "dne|donotemail|noemail|mailsperre|emailsperre|mailverbot|donotmail"),
    two(C::Not, C::Email,
        "no consent|keine einwilligung|pas consentement|sans consentement|aucun consentement|sin consentimiento|"
        "senza consenso|geen toestemming|sem consentimento|brak zgody"),
    two(C::Not, C::Write,
        "nicht kontaktiert|nicht mehr kontaktiert|nicht kontaktiert werden|nao perturbe|"
        
        "donotcontact|nocontact|kontaktverbot|dnt contact|do not reach"),
    one(C::Allow,
        "allow|allowed|allows|can|may|ok|okay|ok to|permitted|erlaubt|darf|autorise|autorisee|permitido|"
        "puede|"
        "consentito|puo|toegestaan|mag|pode|autorizado|mozna|dozwolone"),
    two(C::Allow, C::Contact,
        "contactable|kontaktierbar|darf kontaktiert werden|kontakt erlaubt|ok contact"),
    two(C::Allow, C::Call,
        "callable"),
    two(C::Allow, C::Email,
        "emailable|mailable"),
    one(C::Consent,
        "consent|consents|acepta|accetta|accepte|aceita|akceptuje|opt in|optin|opted in|optedin|double opt in|doi|gdpr|dsgvo|rgpd|rodo|lgpd|"
        "permission|"
        "permissions|legal basis|lawful basis|subscribed|subscription|subscriptions|marketing status|"
        "marketing contact status|marketing contact|email marketing|accepts marketing|"
        "accepts email marketing|"
        "accepts|accept|privacy|"
        "einwilligung|werbeeinwilligung|zustimmung|rechtsgrundlage|abonniert|datenschutz|"
        "consentement|base legale|abonne|abonnement|consentimiento|suscrito|suscripcion|base legal|"
        "consenso|iscritto|iscrizione|toestemming|ingeschreven|consentimento|inscrito|inscricao|zgoda|"
        "zgody|"
        "zapisany|subskrypcja"),
    one(C::Newsletter,
        "newsletter|newsletters|mailing list|mailinglist|mailingliste|marketing|marketing emails|"
        "marketing email|"
        "promotions|advertising|werbung|werbemails|werbe|rundbrief|publicite|infolettre|"
        "prospection|publicidad|boletin|"
        "pubblicita|reclame|nieuwsbrief|publicidade|boletim|reklama|reklamy|biuletyn"),
    one(C::Call,
        "llamado|llamada|chiamato|chiamata|gebeld|angerufen|appele|appelee|called|phoned|zadzwonic|"
        "call|calls|calling|anruf|anrufe|anrufen|telefonieren|telefonisch|telefonische|"
        "telefonischer|appel|appels|"
        "appeler|telephoner|demarchage telephonique|llamar|llamada|llamadas|telefonear|chiamare|chiamata|"
        "chiamate|"
        "telefonare|bellen|opbellen|ligar|ligacao|ligacoes|chamadas|dzwonic|dzwonienie|polaczenia"),
    one(C::Write,
        "contactado|contactada|contattato|contattata|contatado|contacte|contactee|sollicite|gecontacteerd|benaderd|"
        "angeschrieben|molestado|disturbato|perturbe|perturbar|perturbe|kontaktu|kontaktowany|zgody kontakt|"
        "kontaktieren|kontaktaufnahme|anschreiben|contacter|demarcher|demarchage|contactar|"
        "molestar|contattare|"
        "disturbare|contacteren|benaderen|contatar|contactado|kontaktowac|kontaktowac sie|solicit|disturb|"
        "approach|"
        "communication|communications|comunicaciones|comunicazioni|comunicacoes"),
    two(C::Write, C::Email,
        "mailen|emailen|enviar correos|enviar emails|inviare email|wysylac"),
    one(C::Bounced,
        "bounce|bounced|bounces|hard bounce|hard bounced|hardbounce|soft bounce|softbounce|undeliverable|"
        "undelivered|"
        "non deliverable|not deliverable|invalid email|invalid email address|email invalid|quarantined|"
        "delivery failed|failed delivery|"
        "unzustellbar|nicht zustellbar|zustellfehler|rucklaufer|ruecklaeufer|ungultige email|"
        "rebond|rebonds|rebondi|non distribue|non delivre|rebote|rebotes|rebotado|rebotada|no entregado|"
        "rimbalzo|rimbalzi|rimbalzata|rimbalzato|respinto|respinta|mancata consegna|"
        "gebounced|gebouncet|teruggestuurd|onbestelbaar|onbezorgbaar|devolvido|devolvida|nao entregue|"
        "odbity|odbita|odbicie|odbicia|niedostarczony|niedostarczalny|zwrocony"),
    one(C::Replied,
        "replied|reply|replies|responded|response|responses|answered|geantwortet|antwort|antworten|"
        "beantwortet|"
        "repondu|reponse|reponses|respondido|respondio|respuesta|respuestas|contestado|risposto|risposta|"
        "risposte|"
        "beantwoord|antwoord|gereageerd|respondeu|resposta|respostas|odpowiedzial|odpowiedz|odpowiedzi"),
    one(C::Sent,
        "sent|opened|open|opens|clicked|click|clicks|delivered|viewed|unread|sequence|campaign|"
        "engagement|send|"
        "gesendet|versendet|geoffnet|geklickt|senden|zusenden|envoye|ouvert|envoyer|clique|enviado|"
        "abierto|enviar|"
        "inviato|aperto|inviare|verzonden|geopend|geklikt|verzenden|aberto|wyslany|wyslano|otwarty"),
    one(C::Filler,
        "hs|min|max|range|approx|estimated|est|of|the|for|to|at|in|on|is|has|have|been|by|from|with|and|or|a|an|all|any|my|your|"
        "associated|assoc|annual|"
        "yearly|legal|official|public|der|die|das|des|dem|den|im|am|von|vom|zu|zur|zum|fur|und|"
        "oder|aller|alle|ist|"
        "wurde|mit|per|als|de|du|d|l|la|le|les|et|ou|au|aux|un|une|est|par|el|los|las|del|y|e|o|"
        "al|por|il|lo|gli|i|"
        "di|da|dal|della|dello|dell|alla|allo|all|con|do|dos|das|em|pela|van|het|een|te|op|met|z|"
        "w|na|si|se|sie|ne|s"),
};

// clang-format on

} // namespace lexicon

inline constexpr auto& lexiconEntries = lexicon::entries;

} // namespace outrider::exchange
