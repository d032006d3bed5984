import json
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kit.languages import Language
from app.platforms.replies import Deed
from app.replies import countries, reply_words
from app.replies.proposing import Proposal, propose
from app.replies.reply_words import Grammar, Reading
from app.schemas.vocabularies import Outcome
from tests.shipped_platforms import shipped

DATA = Path(__file__).parents[1] / "data" / "replies_more.jsonl"
LINES: list[dict[str, Any]] = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]

RECEIPTS = {
    "en": "Thank you for your report. We have received it under case number 88-4471. "
    "This is an automated message, please do not reply.",
    "nl": "Wij hebben uw melding goed ontvangen. Uw dossiernummer: 88-4471. "
    "Dit is een automatisch bericht.",
    "fr": "Nous avons bien reçu votre signalement. Référence : 88-4471. "
    "Ceci est un message automatique.",
}
REFUSALS = {
    "en": "Ticket #88-4471. We reviewed the content and found that it doesn’t violate our "
    "Community Guidelines. It will not be removed.",
    "nl": "Ticket 88-4471. De inhoud is niet in strijd met onze richtlijnen en werd niet "
    "verwijderd.",
    "fr": "Ticket n° 88-4471. Ce contenu n’enfreint pas les règles de la communauté et n’a pas "
    "été supprimé.",
}
REMOVALS = {
    "en": "Regarding case 88-4471: we have removed the content because it is illegal.",
    "nl": "Betreft zaak 88-4471: de inhoud is illegaal en werd verwijderd.",
    "fr": "Dossier 88-4471 : le contenu est illicite et a été supprimé.",
}
QUESTIONS = {
    "en": "Case 88-4471: could you provide the exact link of the post?",
    "nl": "Zaak 88-4471: wij hebben meer informatie nodig over het account.",
    "fr": "Dossier 88-4471 : pourriez-vous préciser le compte concerné ?",
}


@pytest.mark.parametrize("language", Language)
def test_an_automatic_receipt_is_recognised_with_its_ticket(language: str) -> None:
    found = propose(RECEIPTS[language])

    assert found == Proposal("receipt_confirmed", automatic=True, ticket_id="88-4471")


@pytest.mark.parametrize("language", Language)
def test_a_refusal_is_not_taken_for_the_removal_it_denies(language: str) -> None:
    found = propose(REFUSALS[language])

    assert found == Proposal("decided", "refused", "terms", ticket_id="88-4471")


@pytest.mark.parametrize("language", Language)
def test_a_removal_is_recognised_with_its_ground(language: str) -> None:
    found = propose(REMOVALS[language])

    assert found == Proposal("decided", "removed", "law", ticket_id="88-4471")


@pytest.mark.parametrize("language", Language)
def test_a_question_is_recognised(language: str) -> None:
    found = propose(QUESTIONS[language])

    assert found == Proposal("information_requested", ticket_id="88-4471")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("The content is no longer available.", "already_gone"),
        ("De inhoud werd reeds verwijderd.", "already_gone"),
        ("We disabled access to the content.", "disabled"),
        ("The account has been suspended.", "account_suspended"),
        ("Le compte a été définitivement fermé.", "account_terminated"),
        ("The post is now withheld in Belgium.", "geo_restricted"),
        ("De inhoud is in België niet meer beschikbaar.", "geo_restricted"),
    ],
)
def test_other_outcomes_are_told_apart(text: str, outcome: str) -> None:
    assert propose(text).outcome == outcome


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for your report. Your ticket number is 2026-4471.",
        "We've received your report (Case #2026-4471) and review it shortly. What breaks our rules "
        "will be removed.",
        "Thanks for reporting. Your report ID is 2026-4471.",
        "Bedankt voor uw melding. Uw ticketnummer is 2026-4471.",
        "We hebben uw kennisgeving ontvangen, referentie 2026-4471. Wat illegaal is, zal worden "
        "verwijderd.",
        "Ontvangstbevestiging: uw dossiernummer is 2026-4471.",
        "Nous accusons réception de votre signalement. Numéro de ticket : 2026-4471.",
        "Votre demande a bien été reçue. Votre numéro de dossier est le 2026-4471.",
        "Merci d'avoir signalé. Référence : 2026-4471. Le contenu illicite sera supprimé.",
    ],
)
def test_a_receipt_is_one_however_it_is_put_and_promises_nothing(text: str) -> None:
    assert propose(text) == Proposal("receipt_confirmed", ticket_id="2026-4471")


@pytest.mark.parametrize(
    "text",
    [
        "We will not be taking action on this content.",
        "No action was taken.",
        "Your request was rejected.",
        "The content does not appear to violate the law. It will remain available.",
        "De inhoud schendt onze huisregels niet.",
        "Wij hebben besloten de inhoud niet te verwijderen.",
        "We hebben geen actie ondernomen.",
        "Uw verzoek is afgewezen.",
        "Votre demande a été rejetée.",
        "Aucune mesure n’a été prise.",
        "Nous avons décidé de ne pas retirer ce contenu.",
        "Nous n’avons pas supprimé ce contenu, qui reste en ligne.",
    ],
)
def test_a_refusal_is_one_however_it_is_put(text: str) -> None:
    assert propose(text).outcome == "refused"


@pytest.mark.parametrize(
    "text",
    [
        "We have removed the content; it is no longer available.",
        "We hebben de inhoud verwijderd; ze is niet meer beschikbaar.",
        "Nous avons supprimé le contenu, qui n’est plus accessible.",
    ],
)
def test_what_they_removed_was_not_gone_before(text: str) -> None:
    assert propose(text).outcome == "removed"


@pytest.mark.parametrize("text", ["", "Good morning.", "Reference: TD-7K3M9Q"])
def test_nothing_is_proposed_where_nothing_is_said(text: str) -> None:
    assert propose(text) == Proposal()


@pytest.mark.parametrize(
    "told", LINES, ids=[f"{one['kind']}: {one['input'][:40]}" for one in LINES]
)
def test_a_reply_is_read_as_a_person_reads_it(told: dict[str, Any]) -> None:
    found = propose(told["input"], shipped(), platform=told.get("platform", ""))._asdict()

    read = {name: found[name] for name in told["expected"]}
    assert read | {"scope": list(read.get("scope", ()))} == {"scope": []} | told["expected"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hello, we received your request and will review it.\n\n"
            "On Mon, 2 Mar 2026, Zz Meldpunt wrote:\n"
            "> A similar item was removed last week. We ask you to remove the content.",
            Proposal("receipt_confirmed"),
        ),
        (
            "Delivery to the following recipient failed permanently: legal@platform.test. "
            "550 5.1.1 The email account does not exist. The message has been removed from the "
            "queue.",
            Proposal(aside="bounced"),
        ),
        (
            "The content is no longer available in the EU.",
            Proposal("decided", "geo_restricted", scope=countries.EU),
        ),
        ("[9-1234000012345] Your Request to Google", Proposal(ticket_id="9-1234000012345")),
    ],
)
def test_replies_of_the_wild_are_read_right(text: str, expected: Proposal) -> None:
    assert propose(text) == expected


TRAILS = [
    "On Mon, 2 Mar 2026 at 10:15, Zz Meldpunt <zz@hotline.example> wrote:\n\n> {said}",
    "On 2 Mar 2026, at 10:15, Zz Meldpunt\n<zz@hotline.example> wrote:\n> {said}",
    "-----Original Message-----\nFrom: Zz\nSent: Monday\nSubject: Notice\n\n{said}",
    "________________________________\nFrom: Zz\nSent: Monday\nTo: Legal\n\n{said}",
    "Op ma 2 mrt 2026 om 10:15 schreef Zz <zz@hotline.example>:\n> {said}",
    "Van: Zz\nVerzonden: maandag 2 maart 2026\nAan: Legal\nOnderwerp: Melding\n\n{said}",
    "Le lun. 2 mars 2026 à 10:15, Zz <zz@hotline.example> a écrit :\n> {said}",
    "De : Zz\nEnvoyé : lundi 2 mars 2026\nObjet : Signalement\n\n{said}",
    "Begin forwarded message:\n\n{said}",
    "---------- Forwarded message ---------\nFrom: Zz\nDate: Monday\n\n{said}",
    "--\n{said}",
]
SPOKEN = [
    one["input"] for one in LINES if "\n" not in one["input"] and "aside" not in one["expected"]
]


@settings(deadline=None)  # the first one reads the phrases
@given(st.sampled_from(SPOKEN), st.sampled_from(TRAILS), st.sampled_from(SPOKEN))
def test_what_is_quoted_below_changes_nothing(text: str, trail: str, said: str) -> None:
    own = propose(text, shipped())
    if own == Proposal():
        return  # of a mail that says nothing, what answers below its quotation is read

    assert propose(f"{text}\n\n{trail.format(said=said)}", shipped()) == own


@settings(deadline=None)
@given(st.sampled_from(SPOKEN))
def test_of_a_mail_that_only_quotes_nothing_is_proposed(text: str) -> None:
    assert propose(f"> {text}", shipped()) == Proposal()


@settings(deadline=None)
@given(
    st.sampled_from(["we have {} {} the content", "the content was {} {}", "they {} got {} today"]),
    st.sampled_from(["not", "never", "not, after a second look,", "neither", "still not"]),
    st.sampled_from(["removed", "deleted", "taken down", "erased"]),
)
def test_what_is_denied_is_no_removal(frame: str, denial: str, done: str) -> None:
    assert propose(frame.format(denial, done), shipped()).outcome in (None, "refused")


def test_a_denial_that_is_not_read_is_missed_by_the_replies() -> None:
    spoken = shipped().replies["en"]
    deaf = spoken.clauses.model_copy(update={"denials": ("(?!)x",)})
    sentence = "we have not removed the content."

    heard = [
        list(Grammar(one).readings(sentence))
        for one in (spoken, spoken.model_copy(update={"clauses": deaf}))
    ]

    assert heard == [[Reading("refused", is_soft=True)], [Reading("removed")]]


def test_a_quotation_that_is_not_known_as_one_is_missed_by_the_replies() -> None:
    text = "We received it.\n\nOn Mon, 2 Mar 2026, Zz wrote:\nThe first one was removed."
    known = shipped()
    spoken = known.replies["en"]
    blind = spoken.trails.model_copy(update={"attributions": ("(?!)x",)})
    without = replace(known, replies={"en": spoken.model_copy(update={"trails": blind})})

    assert [propose(text, one).kind for one in (known, without)] == [
        "receipt_confirmed",
        "decided",
    ]


def test_a_reply_is_read_by_the_phrases_of_its_platform_too() -> None:
    text = "The post has been withheld."

    assert [propose(text, shipped(), platform=one).outcome for one in ("x", "tiktok")] == [
        "geo_restricted",
        None,
    ]


def test_a_number_of_our_own_is_no_ticket() -> None:
    text = "Case CF-2026-1187: we received your report. Our reference is 88-4471."

    assert propose(text, shipped(), ours=["CF-2026-1187"]).ticket_id == "88-4471"


def test_every_deed_is_an_outcome_of_the_contract() -> None:
    proposed = {*get_args(Deed), reply_words.GEO, reply_words.REFUSED}

    assert proposed - set(Outcome) == set()
