"""What a platform's reply seems to say: a proposal that a person confirms or changes.

Pure. Only set phrases in English, Dutch and French are looked for; where none is found, nothing is
proposed. Phrases that deny come before the ones they contain.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple


class Proposal(NamedTuple):
    """What the reply seems to be; None and "" where it does not tell."""

    kind: str | None = None
    outcome: str | None = None
    ground: str | None = None
    automatic: bool = False
    ticket_id: str = ""


Phrases = Sequence[tuple[str, str]]

# Words that say nothing of themselves: that it is away may tell that the platform removed it.
_BY_THEM = (
    r"^(?!.*\b(?:we|have|has been) (?:removed|deleted|taken down))"
    r"(?!.*\b(?:hebben|heeft|werd|is) .{0,60}verwijderd)"
    r"(?!.*\b(?:avons|a [ée]t[ée]) .{0,40}(?:retir|supprim)[ée])"
)
_OUTCOMES: Phrases = (
    (
        "geo_restricted",
        r"(?:restricted|withheld|blocked|(?:not|no longer) available|unavailable) in"
        r" (?:your country|belgium)"
        r"|in belgi[ëe] (?:niet (?:meer )?beschikbaar|geblokkeerd|beperkt)"
        r"|(?:bloqu[ée]e?s?|restreinte?s?|indisponibles?|plus accessibles?) en belgique",
    ),
    (
        "already_gone",
        _BY_THEM + r".*(?:no longer (?:available|online)"
        r"|niet (?:langer|meer) (?:beschikbaar|online)"
        r"|(?:n'est|ne sont) plus (?:disponibles?|en ligne|accessibles?))"
        r"|already (?:been )?(?:removed|taken down|deleted)"
        r"|could(?: not|n't) (?:find|locate) the|(?:reeds|al) (?:werd )?verwijderd"
        r"|d[ée]j[àa] [ée]t[ée] (?:supprim|retir)",
    ),
    (
        "refused",
        r"(?:does|did|do)(?: not|n't) (?:(?:appear|seem) to )?"
        r"(?:violate|go against|breach|infringe)"
        r"|(?:no|not in|any) violation|not (?:be |been )?(?:removed|taken down|remove)"
        r"|decided not to|unable to (?:remove|take)"
        r"|no action|(?:not|n't) (?:be )?tak\w+ (?:any )?action"
        r"|(?:request|report|notice) (?:has been |was |is )?(?:rejected|declined|denied)"
        r"|will remain (?:available|online|up)"
        r"|niet in strijd|geen (?:inbreuk|schending|overtreding|actie|maatregel)"
        r"|schend\w{0,9} .{0,60}\bniet\b|niet (?:te |worden )?verwijder"
        r"|(?:verzoek|melding|kennisgeving) (?:is |werd )?(?:afgewezen|geweigerd)"
        r"|blijft (?:online|beschikbaar|staan)"
        r"|(?:n'enfrei(?:nt|gnent)|ne (?:viole|contrevien)\w*) pas|pas contraire"
        r"|pas (?:[ée]t[ée] |le |la |les |ce |cette )?(?:retir|supprim)"
        r"|pas de (?:violation|infraction)"
        r"|aucune (?:mesure|action|infraction|violation)|reste(?:ra)? (?:en ligne|accessible)"
        r"|(?:demande|signalement|notification) (?:a [ée]t[ée] |est )?(?:rejet|refus)[ée]",
    ),
    (
        "account_terminated",
        r"account (?:has been |was )?(?:permanently )?(?:terminated|closed|deleted)"
        r"|(?:terminated|closed|deleted) the account"
        r"|account (?:definitief )?(?:gesloten|verwijderd)"
        r"|compte (?:a [ée]t[ée] )?(?:d[ée]finitivement )?(?:ferm[ée]|supprim[ée])",
    ),
    (
        "account_suspended",
        r"account (?:has been |was )?suspended|suspended the account"
        r"|account (?:werd )?(?:geschorst|opgeschort)|compte (?:a [ée]t[ée] )?suspendu",
    ),
    (
        "age_restricted",
        r"age[- ]restrict|leeftijds(?:beperking|grens)|(?:restriction|limite) d'[âa]ge",
    ),
    (
        "disabled",
        r"disabled access|access (?:to it )?(?:has been |was )?disabled"
        r"|ontoegankelijk gemaakt|acc[èe]s (?:a [ée]t[ée] )?(?:bloqu|d[ée]sactiv)"
        r"|(?:bloqu|d[ée]sactiv)[ée] l'acc[èe]s",
    ),
    (
        "removed",
        r"(?<!\bbe )(?:removed|taken down|deleted)|(?<!worden )(?<!wordt )verwijderd(?! worden)"
        r"|(?<!sera )(?<!seront )(?:retir|supprim)[ée]e?s?\b",
    ),
)
_KINDS: Phrases = (
    (
        "information_requested",
        r"(?:please|could you|can you) (?:provide|clarify|confirm|send|specify)"
        r"|(?:more|additional|further) information"
        r"|(?:meer|aanvullende|bijkomende) informatie|kunt u .{0,40}(?:bezorgen|verduidelijken)"
        r"|(?:informations?|renseignements?) (?:compl[ée]mentaires?|suppl[ée]mentaires?)"
        r"|(?:veuillez|pourriez-vous|merci de) (?:nous )?(?:fournir|pr[ée]ciser|indiquer)",
    ),
    (
        "receipt_confirmed",
        r"(?:have|we|'ve|been) received|received your"
        r"|thank(?:s| you) for (?:your|the|report|contact)"
        r"|acknowledg|receipt of|ontvangst|ontvangen|(?:bedankt|dank u) voor (?:uw|het)"
        r"|bien (?:[ée]t[ée] )?re[çc]u|re[çc]u votre|accus\w{0,9} (?:de )?r[ée]ception"
        r"|merci (?:pour|de|d')",
    ),
)
_GROUNDS: Phrases = (
    (
        "terms",
        r"community (?:guidelines|standards)|terms of (?:service|use)|our (?:rules|policies)"
        r"|(?:richtlijnen|gebruiksvoorwaarden|huisregels)"
        r"|(?:r[èe]gles|standards) de la communaut[ée]|conditions d'utilisation",
    ),
    ("law", r"illegal|unlawful|onwettig|illegaal|illicite|ill[ée]gal"),
)
_AUTOMATIC = (
    r"automat(?:ic|ed|isch|ique)|do not reply|no-?reply|niet (?:te )?(?:be)?antwoorden"
    r"|ne pas r[ée]pondre"
)
_TICKET = re.compile(
    r"(?:ticket|case|reference|report|request|zaak|dossier|referentie|kenmerk|meldings?"
    r"|r[ée]f[ée]rence|signalement|demande)"
    r"\s*(?:id|number|no\.?|nr\.?|nummer|num[ée]ro|n°)?\s*(?:(?:is|luidt|est)\b)?(?: le\b)?"
    r"\s*[:#=(\[]*\s*((?=[A-Z-]{0,39}\d)[A-Z0-9][A-Z0-9-]{3,39})\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"TD-[A-Z0-9]{6}", re.IGNORECASE)
_ENOUGH = 20_000  # characters: a verdict stands at the top of a mail


def propose(text: str) -> Proposal:
    """Propose what a pasted reply says; a decision outweighs a question, that one a receipt."""
    words = " ".join(text[:_ENOUGH].split()).replace("’", "'")
    ticket = _ticket(words)
    outcome = _first(_OUTCOMES, words)
    kind = "decided" if outcome else _first(_KINDS, words)
    automatic = kind == "receipt_confirmed" and bool(re.search(_AUTOMATIC, words, re.IGNORECASE))
    ground = _first(_GROUNDS, words) if outcome else None
    return Proposal(kind, outcome, ground, automatic, ticket)


def _first(phrases: Phrases, words: str) -> str | None:
    return next((code for code, any_of in phrases if re.search(any_of, words, re.IGNORECASE)), None)


def _ticket(words: str) -> str:
    """The platform's number for it: it holds a digit, and it is not our own reference."""
    found = (match[1] for match in _TICKET.finditer(words))
    return next((one for one in found if re.search(r"\d", one) and not _OURS.fullmatch(one)), "")
