"""The kinds of records that call for judging again are those that the rule reads."""

import re

from app.domain.lifecycle.flag_causes import CAUSES
from app.storage.lifecycle import spare_columns_sql


def test_every_table_that_the_rule_reads_is_a_cause() -> None:
    statements = [text for text in vars(spare_columns_sql).values() if isinstance(text, str)]
    read = {
        name
        for text in statements
        if text.lstrip().startswith("SELECT")
        for name in re.findall(r"\b(?:FROM|JOIN) ([a-z_]+)\b(?!\()", text)
    }

    assert read - {"flag"} == set(CAUSES)
