"""The closed vocabularies of what a notice lacks, and of what to look at before it goes out.

Pure.
"""

from app.kit.vocabulary import Vocabulary


class Lack(Vocabulary):
    """Why a notice may not go out yet."""

    REQUIRED = "required"
    TOO_LONG = "too_long"
    LEFTOVER_PLACEHOLDER = "leftover_placeholder"
    NATIONAL_NUMBER = "national_number"
    LOCATION_MISSING = "location_missing"
    GOOD_FAITH_MISSING = "good_faith_missing"
    IDENTITY_MISSING = "identity_missing"
    IDENTITY_REQUIRED = "identity_required"
    ADDRESS_NOT_SET = "address_not_set"
    MANDATE_NEEDED = "mandate_needed"
    TOO_MANY_ITEMS = "too_many_items"
    COMPLAINT_FITS = "complaint_fits"
    SEVERAL_SITES = "several_sites"
    SEVERAL_PRODUCTS = "several_products"


class Apart(Vocabulary):
    """Why a reminder goes by itself, and not with others of its platform."""

    OWN_WORDS = "own_words"
    INCOMPLETE = "incomplete"
    NO_CHANNEL = "no_channel"
    NO_RECIPIENT = "no_recipient"
    ANOTHER_WAY = "another_way"
    FORM_FULL = "form_full"


class CautionCode(Vocabulary):
    """What a person should look at before sending; nothing of it holds the notice back."""

    BASIS_FELL_BACK = "basis_fell_back"
    IDENTITY_WITHHELD = "identity_withheld"
    IDENTITY_NEEDED = "identity_needed"
    PRIORITY_LOST = "priority_lost"
    NO_REPLY_EXPECTED = "no_reply_expected"
    CHANNEL_UNVERIFIED = "channel_unverified"
    ADDRESS_BY_HAND = "address_by_hand"
    LANGUAGE_NOT_ACCEPTED = "language_not_accepted"
    TYPE_IN_FORM = "type_in_form"
    CONDITION_UNCONFIRMED = "condition_unconfirmed"
    EXPLANATION_USUAL = "explanation_usual"
    LAW_UNVERIFIED = "law_unverified"
    BETTER_CATEGORY = "better_category"
    ODD_FACTS = "odd_facts"
    NATIONAL_NUMBER = "national_number"
    PHONE = "phone"
    EMAIL_ADDRESS = "email_address"
    BIRTH_DATE = "birth_date"
    DISCOURAGED_TERM = "discouraged_term"
