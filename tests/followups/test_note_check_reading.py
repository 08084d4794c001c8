"""The learned reading of a note: what it may say of any text, and what its weights and its training sentences are."""

import json
import math
import random
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followups.note_check import check_note
from followups.note_check.features import LINKS, features, link
from followups.note_check.markup import without_markup
from followups.note_check.passages import Kind, passages
from followups.note_check.reading import MAX_SENTENCES, SHORTEST, Reading, _weights, cues_for, read, weights_of
from followups.note_check.text import read_note
from followups.note_check.training.train import (
    ROLES,
    WEIGHTS,
    WRITERS,
    Cues,
    allowed_roles,
    compose,
    fragments,
    mean,
    report,
)

KEPT = json.loads(WEIGHTS.read_text("utf-8"))
FORMULA = 7
"""Words; "I look forward to hearing from you" is nobody's own."""
CASES = Path(__file__).with_name("note_check_cases.jsonl")
PIECES = st.lists(
    st.sampled_from(["I", "my answer", "was", "not", "good", "sorry", "because", "had been", "you", "the", "wrong", "42", ",", ".", "?", "\n", "\n\n", "😀", "שלום", "漢字", "é", "<p>", "&nbsp;", '"', "Ms Auma"]),
    max_size=80,
).map(" ".join)  # fmt: skip


def kinds(text):
    return [passage.kind.value for passage in passages(read_note(f"Dear Ms Auma,\n\n{text}\n\nKind regards,\nRuth"))]


def codes(text):
    return {finding.code for finding in check_note(text) if finding.severity == "error"}


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=300), PIECES))
def test_every_sentence_is_read_and_its_roles_share_one(text):
    note = read_note(text)
    readings = read(note.sentences, note.text)
    assert len(readings) == len(note.sentences)
    for reading in readings:
        assert math.isclose(reading.other + reading.correction + reading.mistake + reading.against, 1.0)
        assert 0 <= reading.apology <= 1
        assert 0 <= reading.thanks <= 1
    assert readings == read(note.sentences, note.text)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=300), PIECES))
def test_what_is_said_of_one_sentence_points_at_that_sentence(text):
    note = read_note(text)
    spans = {(sentence.start, sentence.end) for sentence in note.sentences}
    for code in ("apology", "self_deprecation"):
        found = [(f.start, f.end) for f in check_note(text) if f.code == code]
        assert set(found) <= spans
        assert all(one[1] <= other[0] for one, other in pairwise(found))


def test_a_name_or_a_closing_is_nothing_in_particular():
    note = read_note("Thank you for the hour.\n\nLe meas,\nRóisín")
    assert [reading for sentence, reading in zip(note.sentences, read(note.sentences, note.text), strict=True)
            if len(sentence.words) < SHORTEST] == []  # fmt: skip
    assert len(note.closing) == 2
    assert read(read_note("Ruth.").sentences, "Ruth.") == [Reading()]


def test_no_more_sentences_are_read_closely_than_a_letter_has():
    text = "I was so nervous. " * (MAX_SENTENCES + 20)
    readings = read(read_note(text).sentences, text)
    assert [reading == Reading() for reading in readings] == [False] * MAX_SENTENCES + [True] * 20


def test_talk_goes_on_until_the_subject_changes():
    assert kinds(
        "Thank you for the tour of the mill. I gave you the wrong year for the second wheel. I had been reading the old "
        "guide on the bus. I lay awake over it. Your plan for the mill pond is one I would love to help with."
    ) == ["other", "mistake", "mistake", "mistake", "other"]


def test_an_added_answer_goes_on_until_the_subject_changes():
    assert kinds(
        "Thank you for the tour of the mill. On your question about the sluice, we open it at six. It is closed at dusk. "
        "The boards are checked on Fridays. I look forward to hearing from you."
    ) == ["other", "correction", "correction", "correction", "other"]


@pytest.mark.parametrize("sentence", [
    "My reply about the ropes would have shamed a sea scout.",
    "I've met lamp posts that explain things better than I did on Monday.",
    "You saw me on a day when nothing I said made sense.",
    "My answers were as thin as hospital soup.",
    "My knots were a muddle, but the harbour plan is wonderful and I would be glad to join your crew in May.",
    "I stumbled over every tide you named, but thank you so much for the tour of the harbour and for the tea.",
])  # fmt: skip
def test_speaking_ill_of_oneself_is_heard_in_words_nobody_listed(sentence):
    assert codes(f"Dear Ms Auma,\n\nThank you for the tour of the mill. {sentence}\n\nKind regards,\nRuth") == {
        "self_deprecation"
    }


@pytest.mark.parametrize("sentence", [
    "You told us that the first crew made a mess of the ropes.",
    "At my first mill I broke a wheel, and I have checked every pin since.",
    "I was not in the least nervous once we had fed the ducks.",
    "The failed wheel in the yard could be made to turn again.",
    "I believe I could make a good job of the sluice.",
    "The climb to the mill was steep, but the view of the ponds made up for it.",
])  # fmt: skip
def test_others_other_times_denials_and_confidence_are_left_alone(sentence):
    assert codes(f"Dear Ms Auma,\n\nThank you for the tour of the mill. {sentence}\n\nKind regards,\nRuth") == set()


def test_the_cues_that_decided_can_be_shown():
    text = "My answer about the ropes was hopeless."
    (sentence,) = read_note(text).sentences
    shown = cues_for(sentence, text)
    assert len(shown) == 6
    assert shown == sorted(shown, key=lambda each: -each[1])
    assert {cue for cue, _ in shown} <= set(features(sentence, text))


class TestWeights:
    def test_every_cue_has_five_and_every_change_of_subject_its_moves(self):
        assert {len(line) for line in KEPT["cues"].values()} == {5}
        assert len(KEPT["moves"]) == LINKS
        assert {(len(move), *map(len, move)) for move in KEPT["moves"]} == {(4, 4, 4, 4, 4)}

    def test_links_are_all_known(self):
        for text in ("You had it.", "I liked it.", "We had it.", "It was so.", "Ink dries.", "I like your ink."):
            (sentence,) = read_note(text).sentences
            assert 0 <= link(sentence, False) < link(sentence, True) < LINKS


class TestTraining:
    def test_every_sentence_says_what_it_is(self):
        for writer in WRITERS:
            for block in fragments(writer):
                for tags, text in block:
                    assert set(tags) <= set("SAMCTON?"), (writer, tags, text)
                    assert set(allowed_roles(tags)) <= set(ROLES)
                    assert text.strip()

    def test_no_sentence_that_tests_the_check_has_taught_it(self):
        def plain(text):
            return {sentence.text for sentence in read_note(text).sentences}

        taught = set().union(*(plain(text) for writer in WRITERS for block in fragments(writer) for _, text in block))
        asked = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
        assert len(asked) >= 590
        assert [row for row in asked if "sentence" in row and plain(row["sentence"]) <= taught] == []
        told = set().union(*(plain(row.get("sentence") or row["note"]) for row in asked))
        assert [text for text in told & taught if len(text.split()) > FORMULA] == []

    def test_a_block_stands_whole_or_parted_in_its_invented_note(self):
        cues = Cues()
        around = {"T": [("T", "Thank you for the tour.")], "O": [("O", "The ducks were happy.")]}
        block = [("M", "I gave the wrong year."), ("C", "It was 1911.")]
        for seed in range(30):
            rows = compose(random.Random(seed), block, around, cues)
            assert [row.roles for row in rows if row.roles != "O"] == ["M", "C"]
            assert rows[0].link >= LINKS // 2

    def test_a_whole_note_mostly_stands_as_it_was_written(self):
        cues = Cues()
        around = {"T": [("T", "Thank you for the tour.")], "O": [("O", "The ducks were happy.")]}
        note = [("T", "Thank you for Monday."), ("M", "I gave the wrong year."), ("O", "The mill is a joy.")]
        written = [[row.roles for row in compose(random.Random(seed), note, around, cues)] for seed in range(40)]
        assert 20 < written.count(["O", "M", "O"]) < 40

    def test_a_sentence_is_told_by_its_neighbours(self):
        cues = Cues()
        note = [("T", "Thank you for Monday."), ("M", "I gave the wrong year."), ("M", "It was dark.")]
        around = {"T": [("T", "Thank you for the tour.")], "O": [("O", "The ducks were happy.")]}
        several = (compose(random.Random(seed), note, around, cues) for seed in range(20))
        rows = next(rows for rows in several if len(rows) == 3)
        assert cues.number["<~ERR"] in rows[2].cues
        assert cues.number[">~ERR"] in rows[0].cues


@pytest.mark.parametrize("sentence", [
    "At my first mill I was a hopeless apprentice, and old Wambua cured me of it.",
    "Ten years ago I failed the bar exam, and the second time I passed it with a prize.",
    "We lost half of the herd in the flood of 2019.",
])  # fmt: skip
def test_faults_of_other_years_are_stories(sentence):
    assert codes(f"Dear Ms Auma,\n\nThank you for the tour of the mill. {sentence}\n\nKind regards,\nRuth") == set()


class TestMarkup:
    html = (
        "<html><head><style>p { color: red }</style></head><body><p>Dear Ms Auma,</p><p>Thank you for the tour of the "
        "mill.&nbsp;I&#39;m sorry I was late.</p><div>Kind regards,<br>Ruth</div>"
        "<blockquote>Sorry for the wait, and forgive the muddle.</blockquote></body></html>"
    )

    def test_a_pasted_page_is_read_as_its_text(self):
        found = [f for f in check_note(self.html) if f.severity == "error"]
        assert [(f.code, self.html[f.start : f.end]) for f in found] == [("apology", "I&#39;m sorry I was late.")]

    def test_a_text_without_markup_stays_as_it_is(self):
        text = "Dear <Name>, is 3 < 4 & 5 > 2? I <3 mills; a <company name> stays."
        assert without_markup(text) is text

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.sampled_from(["<p>", "</p>", "<style>", "</style>", "<!--", "-->", "<", ">", "&amp;", "&#39;", "&#0;", "&#99999;", "a", "I", " ", "\n", "<br/>", "<blockquote>"]), max_size=60).map("".join))  # fmt: skip
    def test_every_place_stays(self, text):
        assert len(without_markup(text)) == len(text)


def test_a_hundred_thousand_pasted_characters_are_said_to_be_too_many():
    text = "Thank you for the tour of the mill, Ms Auma. " * 2_300
    assert len(text) > 100_000
    last = [f for f in check_note(text) if f.code == "too_long"][-1]
    assert (last.start, last.end) == (20_000, len(text))


@pytest.mark.parametrize(
    "text", ["שלום, תודה רבה", "\u202eevil\u202c thank you", "🙏🏽" * 500, "\u0000" * 500, "﷽" * 300, "a\u0301" * 400]
)
def test_any_script_is_read_without_a_word(text):
    for finding in check_note(text):
        assert 0 <= finding.start <= finding.end <= len(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("I'd left it at home.", "had"),
        ("We’d only just been paid.", "had"),
        ("I'd mixed the two up.", "had"),
        ("I'd like to stay.", "would"),
        ("I'd ask for volunteers.", "would"),
        ("She'd need a hat.", "would"),
    ],
)
def test_a_clipped_verb_is_had_before_a_participle_and_would_elsewhere(text, word):
    (sentence,) = read_note(text).sentences
    assert sentence.words[1] == word


def test_kinds_are_what_pages_know():
    assert {kind.value for kind in Kind} == {"mistake", "correction", "other"}


def test_a_writer_who_was_left_out_is_reported_on():
    lines = list(report("writer_c", KEPT))
    assert [line.partition(":")[0] for line in lines] == ["against", "talk", "apology", "thanks"]
    assert all(float(part) > 0.8 for line in lines for part in re.findall(r"\d\.\d\d", line))


def test_several_trainings_are_kept_as_their_mean():
    one = {"start": [0.0] * 4, "moves": [[[0.0] * 4] * 4] * LINKS, "cues": {"a": [10, 0, 0, 0, 0]}}
    other = {
        "start": [1.0] * 4,
        "moves": [[[1.0] * 4] * 4] * LINKS,
        "cues": {"a": [30, 0, 0, 0, 0], "b": [0, 0, 8, 0, 0]},
    }
    assert mean([one, other]) == {
        "start": [0.5] * 4,
        "moves": [[[0.5] * 4] * 4] * LINKS,
        "cues": {"a": [20, 0, 0, 0, 0], "b": [0, 0, 4, 0, 0]},
    }


def test_the_weights_are_those_of_the_file_read_whole():
    assert _weights() == weights_of(json.loads(WEIGHTS.read_text("utf-8")))
