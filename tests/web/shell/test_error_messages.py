"""The sentences of refusals, put together from several tables."""

from app.platforms.vocabularies import Unreadable
from app.web.shell import error_messages, import_messages


def test_no_table_of_sentences_takes_a_code_of_another() -> None:
    tables = [set(error_messages.OWN), set(import_messages.SENTENCES), {*map(str, Unreadable)}]

    assert sum(map(len, tables)) == len(set.union(*tables)) == len(error_messages.SENTENCES)
