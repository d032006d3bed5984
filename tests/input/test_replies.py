import pytest

from app.input.replies import Proposal, propose

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


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
def test_an_automatic_receipt_is_recognised_with_its_ticket(language: str) -> None:
    found = propose(RECEIPTS[language])

    assert found == Proposal("receipt_confirmed", automatic=True, ticket_id="88-4471")


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
def test_a_refusal_is_not_taken_for_the_removal_it_denies(language: str) -> None:
    found = propose(REFUSALS[language])

    assert found == Proposal("decided", "refused", "terms", ticket_id="88-4471")


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
def test_a_removal_is_recognised_with_its_ground(language: str) -> None:
    found = propose(REMOVALS[language])

    assert found == Proposal("decided", "removed", "law", ticket_id="88-4471")


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
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
