"""What people call their columns, in Dutch, French and English: data for the guess.

Pure. Words as they stand when letters are plain and small, and everything else is a space.
"""

from collections.abc import Mapping
from types import MappingProxyType

WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "url": (
            "url", "urls", "link", "links", "adres", "webadres", "internetadres", "lien", "liens",
            "adresse", "adresse web", "address", "web address", "vindplaats", "locatie",
        ),
        "platform": (
            "platform", "plateforme", "dienst", "service", "site", "website", "provider platform",
            "sociaal netwerk", "reseau", "medium", "app",
        ),
        "case_ref": (
            "case", "case ref", "case reference", "case number", "case nr", "dossier",
            "dossiernr", "dossiernummer", "dossier nr", "nr", "nummer", "zaak", "zaaknummer",
            "numero", "no", "n", "numero de dossier", "reference", "referentie", "ref",
            "meldingsnummer", "melding nr", "file", "file number",
        ),
        "external_ref": (
            "external ref", "id", "uniek id", "uniek nummer", "external id", "id systeem",
            "case system id", "volgnummer", "record id",
        ),
        "category": (
            "category", "categorie", "soort", "soort feiten", "type", "aard", "soort inhoud",
            "soort materiaal", "feiten", "fenomeen", "phenomene", "nature", "kind",
        ),
        "explanation": (
            "explanation", "toelichting", "omschrijving", "uitleg", "beschrijving", "motivering",
            "description", "explication", "motivation", "motif", "reason", "assessment",
            "beoordeling",
        ),
        "reported_at": (
            "reported at", "received", "binnen", "binnen op", "binnengekomen", "ontvangen",
            "binnengekomen op", "ontvangen op", "melding binnen", "datum melding", "recu le",
            "recu", "date de signalement", "date received", "reported to us", "meldingsdatum",
        ),
        "submitted_at": (
            "submitted at", "submitted", "sent", "sent on", "gemeld op", "gemeld", "verstuurd op",
            "verzonden op", "verzonden", "verstuurd", "ingediend op", "doorgestuurd op",
            "datum verzoek", "signale le", "envoye le", "envoi", "date d envoi", "date sent",
            "aan platform op", "verzoek op",
        ),
        "receipt_at": (
            "receipt at", "receipt", "ontvangstbevestiging", "bevestigd op", "bevestiging",
            "accuse de reception", "accuse", "acknowledged", "confirmed on",
        ),
        "answered_at": ("answered at", "eerste antwoord", "first answer", "premiere reponse"),
        "decided_at": (
            "decided at", "decided", "beslist op", "beslissing op", "datum beslissing",
            "antwoord op", "datum antwoord", "antwoord platform op", "decide le", "decision le",
            "date de decision", "repondu le", "reponse le", "date de reponse", "reponse recue le",
            "decision date", "answer date", "gereageerd op",
        ),
        "seen_gone_at": (
            "seen gone at", "offline op", "offline gezien op", "weg op", "weg gezien op",
            "verwijderd op", "gecontroleerd weg", "hors ligne le", "retire le", "supprime le",
            "gone on", "removed on", "seen gone", "offline since", "offline sinds",
        ),
        "seen_live_at": (
            "seen live at", "terug online op", "terug online gezien op", "opnieuw online op",
            "weer online op", "seen online again on", "back online on", "back online since",
            "de nouveau en ligne le", "revu en ligne le", "revenu en ligne le", "reapparu le",
        ),
        "asked_at": (
            "asked at", "info gevraagd op", "meer info gevraagd op", "bijkomende vraag op",
            "question posee le", "infos demandees le", "asked for more on", "question on",
        ),
        "question": ("question", "vraag van het platform", "vraag platform", "question posee"),
        "ticket_id": (
            "ticket id", "ticket", "ticketnr", "ticketnummer", "ticket nr", "numero de ticket",
            "referentie platform", "ref platform", "reference plateforme", "platform reference",
        ),
        "outcome": (
            "outcome", "resultaat", "uitkomst", "afloop", "beslissing", "resultat", "decision",
            "result", "gevolg", "reactie platform", "suite",
        ),
        "ground": ("ground", "grond", "op grond van", "fondement", "wet of voorwaarden"),
        "urgent": ("urgent", "dringend", "spoed", "urgence", "prioriteit"),
        "person_is_minor": (
            "person is minor", "minderjarig", "minderjarige", "mineur", "minor", "under age",
        ),
        "ai_generated": (
            "ai generated", "ai", "made with ai", "met ai gemaakt", "ia", "deepfake", "ki",
        ),
        "sexual_extortion": ("sexual extortion", "sextortion", "afpersing", "chantage"),
        "court_order": ("court order", "bevel", "rechterlijk bevel", "ordonnance"),
        "authorised_by_person": (
            "authorised by person", "toestemming", "mandaat", "mandat", "consent", "machtiging",
        ),
        "language": ("language", "taal", "langue", "taal melding"),
        "basis": ("basis", "legal basis", "rechtsgrond", "base legale", "rechtsbasis"),
        "provider": ("provider", "aanbieder", "fournisseur", "bedrijf", "company", "host"),
        "recipient": ("recipient", "gestuurd naar", "envoye a", "sent to", "ontvanger"),
        "submitted_at_time": ("uur", "tijd", "heure", "time", "tijdstip", "uur melding", "hour"),
        "reported_at_time": ("uur binnen", "time received", "heure de reception"),
    }
)  # fmt: skip
# What begins the line below a table.
TOTALS = frozenset(
    ("totaal", "totalen", "total", "totaux", "som", "somme", "sum", "eindtotaal", "gemiddeld")
)
YES = frozenset(
    ("ja", "j", "oui", "o", "yes", "y", "x", "true", "waar", "vrai", "1", "v", "✓", "✔",
     "minderjarig", "minderjarige", "mineur", "mineure", "minor")
)  # fmt: skip
NO = frozenset(
    ("nee", "neen", "n", "non", "no", "false", "onwaar", "faux", "0",
     "meerderjarig", "meerderjarige", "majeur", "majeure", "adult")
)  # fmt: skip
# What people write into a cell to say that nothing belongs there.
NOTHING = frozenset(("-", "--", "–", "—", "/", "nvt", "n.v.t.", "n/a", "na", "s.o.", "/ /"))
NO_TICKET = frozenset(("geen", "none", "aucun", "aucune", "nihil", "no"))
# What people write in columns of codes; the pages add each code's own words in every language.
SAYS_NOTHING = (
    "geen antwoord", "geen reactie", "nog geen antwoord", "open", "in behandeling", "lopend",
    "sans reponse", "pas de reponse", "en cours", "no answer", "no reply", "pending", "onbekend",
    "inconnu", "unknown",
)  # fmt: skip
SYNONYMS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "category": {
            "csam": ("kinderporno", "kindermisbruik", "kp", "pedopornographie", "csam", "cam"),
            "csam_ai": ("ai beelden", "ai", "csam ai", "deepfake minderjarige", "images ia"),
            "grooming": ("grooming", "kinderlokken", "pedopiegeage"),
            "sexual_extortion_minor": ("sextortion", "sextorsion", "afpersing", "chantage"),
            "intimate_image_minor": (
                "naaktbeelden minderjarige", "naaktbeelden", "sexting", "intieme beelden",
                "images intimes",
            ),
            "ncii_adult": ("wraakporno", "revenge porn", "ncii"),
            "hate": ("haat", "haine", "racisme"),
        },
        "outcome": {
            "removed": ("verwijderd", "weg", "offline", "gewist", "retire", "supprime", "deleted"),
            "refused": ("geweigerd", "afgewezen", "refus", "rejected", "niet verwijderd"),
            "account_suspended": ("account geblokkeerd", "geschorst", "compte bloque", "blocked"),
            "account_terminated": ("account verwijderd", "account gesloten", "compte supprime"),
            "came_back": (
                "terug online", "weer online", "opnieuw online", "staat terug online",
                "staat weer online", "back online", "online again", "de nouveau en ligne",
                "revenu en ligne", "remis en ligne", "reapparu",
            ),
            "information_requested": (
                "vraagt meer info", "vraagt info", "vraagt bijkomende info", "vraag om meer info",
                "meer info gevraagd", "extra info gevraagd", "bijkomende vraag", "vraag platform",
                "demande d informations", "demande plus d infos", "plus d infos demandees",
                "infos demandees", "asks for more", "asked for more", "more info needed",
                "more information requested", "question",
            ),
            "already_gone": ("al weg", "reeds weg", "deja supprime", "was al weg"),
        },
        "platform": {
            "x": ("twitter", "x twitter", "x com"),
            "facebook": ("fb", "meta"),
            "instagram": ("insta", "ig"),
            "other": ("website", "site", "andere", "autre", "forum"),
        },
    }
)  # fmt: skip
