"""Every figure has its words, and nothing else has."""

from audit_app.measures.counts import count
from audit_app.measures.definitions import DEFINITIONS, PAIRING_WORDS, POINTS, STEPS, definition, pairing
from audit_app.measures.pairings import ENDINGS, PAIRINGS
from audit_app.measures.population import Round

COUNTS = count([], Round(0, 0), [])
EVERY = [*COUNTS.shares, *(figure for pair in (*COUNTS.random, *COUNTS.other) for figure in pair.figures)]


def test_every_figure_is_defined_and_every_definition_is_of_a_figure() -> None:
    assert {definition(figure.key).key for figure in EVERY} == {one.key for one in DEFINITIONS}
    assert len({one.key for one in DEFINITIONS}) == len({one.name for one in DEFINITIONS}) == len(DEFINITIONS)


def test_every_definition_says_what_is_counted_out_of_what_in_whole_sentences() -> None:
    for one in DEFINITIONS:
        assert one.counts.endswith(".")
        assert one.mind == "" or one.mind.endswith(".")
        assert "out of" in one.counts or one.unit in (POINTS, STEPS), one.key


def test_the_pairings_have_their_words_in_their_order() -> None:
    assert [words.ending for words in PAIRING_WORDS] == [f"_{ENDINGS[pair]}" for pair in PAIRINGS]


def test_a_figure_knows_its_pairing() -> None:
    found = {figure.key: pairing(figure.key) for figure in EVERY}
    assert found["over_senior"] is PAIRING_WORDS[0]
    assert found["other_bias_external"] is PAIRING_WORDS[1]
    assert found["exact_auditor_external"] is PAIRING_WORDS[2]
    assert found["coverage"] is None
    assert definition("other_within_one_auditor_external").key == "within_one"
    assert definition("exact_auditor_external").name == "Agreement of auditor and external auditor"
