"""What follows a mistake, what a letter says of itself, and how a letter ends: rules that stand beside the reading."""

import sys

import pytest

from followups.note_check import aftermath, check_note
from followups.note_check.admissions import admits, is_about_another
from followups.note_check.announced import announces, puts_right
from followups.note_check.features import is_foreign, speaks_of_writer, stays, turns_away
from followups.note_check.passages import Kind, passages
from followups.note_check.reading import Reading
from followups.note_check.text import read_note, signs_off

sorting = sys.modules["followups.note_check.passages"]


def codes(body):
    return {
        found.code
        for found in check_note(f"Dear Ann,\n\nThank you for the tour of the mill. {body}\n\nBest wishes,\nBo")
        if not (found.code == "too_long" and found.severity != "error")
    }


def one(text):
    (sentence,) = read_note(text).sentences
    return sentence


def kinds(body):
    return [each.kind for each in passages(read_note(f"Dear Ann,\n\n{body}\n\nBest wishes,\nBo"))]


@pytest.mark.parametrize(
    "sentence",
    [
        "The error in the ledger was caused by two columns of one colour.",
        "My muddle about the two valves came from an older drawing.",
        "Forgetting the safety card happened because I had changed coats.",
        "The wrong date was due to last year's planner.",
    ],
)
def test_a_mistake_that_is_told_with_its_cause_is_talk_about_it(sentence):
    assert aftermath.names_cause(one(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Your first greenhouse came from an old nursery.",
        "When you spoke of mistakes, the laughter came from the apprentices.",
        "The harvest supper happened because the whole village cooked.",
    ],
)
def test_and_the_cause_of_anything_else_is_not(sentence):
    assert not aftermath.names_cause(one(sentence))


MISTAKE = "I called the reservoir by the wrong name."


@pytest.mark.parametrize(
    "sentence",
    [
        "I kept going over it in the tram.",
        "It has been on my mind since.",
        "I have heard that name every night since.",
        "I could not sleep for it.",
        "I had confused it with the one upstream.",
        "It happened because both signs are green.",
        "It only dawned on me at the bus stop.",
    ],
)
def test_what_goes_on_after_a_mistake_belongs_to_it(sentence):
    assert "dwelling" in codes(f"{MISTAKE} {sentence}")
    assert "dwelling" not in codes(f"The reservoir is a fine sight at dusk. {sentence}")


@pytest.mark.parametrize(
    "sentence",
    [
        "I keep thinking about your wonderful weir.",
        "I had a lovely walk along the dam with your foreman.",
    ],
)
def test_until_it_turns_to_the_reader(sentence):
    assert not aftermath.lingers(one(sentence)) and not aftermath.explains(one(sentence))
    assert "dwelling" not in codes(f"{MISTAKE} {sentence}")


def test_a_correction_that_names_the_error_and_then_explains_it_dwells_on_it():
    assert "dwelling" in codes("The depth I gave was wrong, it is forty metres. I had mixed it up with the upper lake.")
    assert "dwelling" not in codes("The depth is forty metres. The upper lake is twelve.")


def test_what_stood_in_the_way_is_part_of_being_late():
    late = "I was twenty minutes late."
    assert "dwelling" in codes(f"{late} The bridge at Mill Lane was closed.")
    assert "too_long" in codes(f"{late} The bridge at Mill Lane was closed. The bus went round by the quarry.")
    assert "dwelling" not in codes("The bridge at Mill Lane was closed. The bus went round by the quarry.")
    assert "dwelling" not in codes(f"{late} The bridge you drew is beautiful.")


@pytest.mark.parametrize(
    "sentence",
    [
        "I apologise for the length of this message.",
        "Sorry for replying so late.",
        "Please forgive my many texts, three messages in one day.",
    ],
)
def test_an_apology_for_the_letter_is_one_but_no_talk_about_the_mistake(sentence):
    found = codes(f"{sentence} {MISTAKE}")
    assert "apology" in found and "dwelling" not in found


def test_and_an_apology_for_the_interview_is_both():
    assert {"apology", "dwelling"} <= codes(f"I apologise for the confusion on Monday. {MISTAKE}")


@pytest.mark.parametrize("ending", ["Regards, Bo Lind", "Warm regards, Bo", "Wako, Bo Lind", "Dr Bo Lind"])
def test_a_name_at_the_end_of_a_line_is_no_sentence(ending):
    note = read_note(f"Dear Ann, thank you for the tour. {ending}")
    assert signs_off(note.sentences[-1], note.text)
    assert passages(note)[-1].talk == 0


@pytest.mark.parametrize("ending", ["It is 2019.", "The Weir was wrong", "I was rubbish", "Thank you, it was wrong"])
def test_and_a_short_last_sentence_is_one(ending):
    note = read_note(f"Dear Ann, thank you for the tour. {ending}")
    assert not signs_off(note.sentences[-1], note.text)


def test_a_sentence_without_small_english_words_is_left_to_the_rules():
    assert is_foreign(one("Nilifurahi kuona mashine kubwa zenu jana asubuhi"))
    assert not is_foreign(one("The big machines were running all day"))
    assert "dwelling" not in codes("Samahani kwa kuchelewa. Nilifurahi kuona mashine kubwa zenu jana asubuhi.")


def test_talk_about_a_mistake_has_the_writer_in_it_or_points_back():
    assert speaks_of_writer(one("The figures from the second mill slipped out of my head."))
    assert speaks_of_writer(one("That was from the older of the two drawings."))
    assert not speaks_of_writer(one("The walnut table beside the window has carved feet."))


@pytest.mark.parametrize(
    "sentence",
    [
        "Your museum is splendid, and I only wish I had been as sharp as the questions were.",
        "I waffled.",
        "And then I completely froze.",
        "Sorry about my shaky drawing at the board.",
        "Could you let me show you what I can really do?",
        "Please grant me one more try at the weld if the bench is empty.",
        "I am only a mediocre sailor, and your former harbour master is a legend.",
    ],
)
def test_more_plain_admissions(sentence):
    assert admits(one(sentence))
    assert "self_deprecation" in codes(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "I only wish I had been there when the first wheel turned.",
        "The pond froze.",
        "Sorry about my bad line.",
        "Let me show you what I can do with walnut.",
        "If I looked silly in the helmet, the children loved it.",
        "I was a terrible cook as a teenager.",
    ],
)
def test_and_their_innocent_twins(sentence):
    assert not admits(one(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "He was hopeless on the ropes at the start and muddled every knot.",
        "Failing this we would close the sluice by hand.",
        "I got a kick out of the hopeless old mule.",
        "I want to add a word on the weak beam.",
    ],
)
def test_blame_of_somebody_else_or_of_no_one(sentence):
    assert is_about_another(one(sentence))
    assert "self_deprecation" not in codes(sentence)


def test_and_blame_of_oneself():
    assert not is_about_another(one("He saw how hopeless I was."))


def test_answers_after_a_named_question_count_fully():
    answer = "A damp cloth lifts the soot. Chalk takes up the grease. Cedar keeps the moths from the wool."
    assert "too_long" in codes(f"On the loom question, here is my answer. {answer}")
    assert Kind.MISTAKE not in kinds(f"You asked about wool. I would look at the label first. {answer}")


def test_a_name_at_the_end_of_a_line_is_no_part_of_an_answer_either():
    note = read_note(
        "Dear Ann, thank you for the tour. I left out the loom when you asked about wool. Regards, Bo Lind"
    )
    assert [each.kind for each in passages(note)][-1] is Kind.OTHER
    assert passages(note)[-1].talk == 0


def test_dwelling_takes_one_sentence_that_is_surely_about_the_mistake(monkeypatch):
    def dwells(*mistake):
        readings = [Reading(other=1 - each, mistake=each) for each in mistake]
        monkeypatch.setattr(sorting, "read", lambda sentences, text: readings)
        return "dwelling" in {found.code for found in check_note("I keep an old wheel. I keep one spindle.")}

    assert not dwells(0.5, 0.5)
    assert dwells(0.7, 0.5)
    assert not dwells(0.7, 0.1)


@pytest.mark.parametrize(
    "sentence",
    [
        "I was very vague that day.",
        "So sorry about the sums, I was really hopeless in the test.",
        "I felt rather dull on the phone.",
        "I honestly do not deserve this job.",
    ],
)
def test_blame_with_the_day_it_happened_on_is_a_plain_admission(sentence):
    assert admits(one(sentence))
    assert "self_deprecation" in codes(sentence)


@pytest.mark.parametrize(
    "sentence", ["We were very poor that winter.", "I do not deserve such a welcome.", "I was poor as a student."]
)
def test_and_the_same_words_about_a_life_are_not(sentence):
    assert not admits(one(sentence))


def test_where_a_doubtful_reading_against_the_writer_gives_a_reason_it_is_the_reason():
    found = codes(f"{MISTAKE} I was reading from the old map without knowing it.")
    assert found == {"dwelling"}


def test_a_fuller_answer_that_is_offered_is_an_answer_and_no_blame():
    offer = "Let me add a fuller answer on the weir."
    assert is_about_another(one(offer)) and announces(one(offer))
    answer = "A damp cloth lifts the soot. Chalk takes up the grease. Cedar keeps the moths from the wool."
    assert codes(f"{offer} {answer}") == {"too_long"}
    assert codes(answer) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "After a second think about the sluice I would oil it.",
        "Let me give you the full list.",
        "I would like to supplement my answer on the looms.",
        "Here is what I should have said.",
    ],
)
def test_an_answer_is_announced_in_many_ways(sentence):
    assert announces(one(sentence))


@pytest.mark.parametrize("sentence", ["I had another cup of tea.", "Let me know the full cost.", "Here is the key."])
def test_and_not_everything_that_is_given_is_an_answer(sentence):
    assert not announces(one(sentence))


def test_the_fact_for_what_was_stated_is_a_correction():
    assert puts_right(one("I said that the beams were oak."), one("They are ash."))
    assert puts_right(one("I gave the wrong span."), one("The right span is nine metres."))
    assert not puts_right(one("I saw the beams."), one("They are ash."))
    assert not puts_right(one("I said that the beams were oak."), one("They are a fine sight, and I thank you."))


def test_where_a_mistake_came_from_is_talk_about_it_after_the_correction_too():
    assert aftermath.tells_origin(one("That is where the nine came from, in my old notebook."))
    assert not aftermath.tells_origin(one("That is where I would like to work."))
    assert "dwelling" in codes(f"{MISTAKE} It is Lake Anna. That is where the older name came from.")
    assert "dwelling" not in codes(f"{MISTAKE} It is Lake Anna. That is where the herons nest.")


def test_what_turns_to_praise_or_the_reader_leaves_the_mistake_unless_it_names_it():
    assert not turns_away(one("It was on my mind more than I would like to say."))
    assert turns_away(one("That walnut bench is the loveliest of them."))
    assert not stays(one("The table beside your desk has carved feet."))
    assert stays(one("The table beside your desk is the one I broke."))
    assert "dwelling" in codes(f"{MISTAKE} It was on my mind more than I would like to say.")


def test_a_letter_that_counts_something_ends_a_sentence_and_an_initial_does_not():
    assert len(read_note("It came from Block B. I saw it late.").sentences) == 2
    assert len(read_note("It came from Mr B. Rao in May.").sentences) == 1


def test_a_doubtful_reading_makes_no_apology(monkeypatch):
    def apologises(likely):
        monkeypatch.setattr(sorting, "read", lambda sentences, text: [Reading(apology=likely)])
        return "apology" in {found.code for found in check_note("Kindly hand the mill keys to the clerk.")}

    assert not apologises(0.4)
    assert apologises(0.5)


@pytest.mark.parametrize(
    "body",
    [
        "Please accept my apologies for missing the trial shift on Monday. My brother broke his wrist at football. I never looked at my phone.",
        "I would like to explain why I arrived at noon. The ferry had been cancelled. I walked from the north pier.",
        "My alarm was set for 7 p.m. and not 7 a.m. I only woke when the porter knocked.",
        "I gave a terrible answer about the sluice. The silence made me forget all of it.",
        "The reason I went to the wrong mill was an old map. It has the name of the upper one.",
        "I was hopeless in the second duet. I was tense from the start and the pianist noticed it.",
        "Please forgive the tears. It had nothing to do with your question.",
        "About the valve question, I mixed up the two sorts. The mix-up comes from my old foreman.",
        "I apologise for interrupting the second speaker. I got carried away by the model of the weir.",
        "About the plan I left at home: it was on the kitchen table. I had put it there for the morning.",
        "About me backing into the post: the mirror was folded in. I did not see it in time.",
        "I want to explain what happened with the plan. The plotter then jammed.",
        "I am sorry for not attending our call. I only noticed when your assistant rang.",
    ],
)
def test_the_reason_of_an_absence_is_talk_about_it(body):
    assert "dwelling" in codes(body)


@pytest.mark.parametrize(
    "body",
    [
        "I am sorry for the cough. I was born near the mill, so the photographs meant a lot.",
        "I was the third person interviewed on Monday for the clerk's job. I know that I waffled.",
        "I attended the interview in the harbour office on Monday. I know that I waffled.",
        "Sorry that I was late. We talked about the new wheel for an hour.",
        "I came across as stiff. Hearing about the choir made me want this even more.",
        "Please forgive the late reply. I was delighted by the tour.",
    ],
)
def test_what_follows_an_apology_and_is_about_something_else_is_left_alone(body):
    assert "dwelling" not in codes(body)


@pytest.mark.parametrize(
    "body",
    [
        "Please forgive me for leaving the gate open. I was in a hurry for the last bus and walked straight past it.",
        "I apologise for the shouting in the second demonstration. It came after two nights of work.",
    ],
)
def test_the_story_after_an_apology_is_its_reason(body):
    assert "dwelling" in codes(body)


def test_whoever_was_not_there_tells_nothing_of_the_conversation():
    note = "Dear Ann,\n\nI apologise for missing my interview on Friday. My landlord had locked the yard with my van inside. Thank you for reading this.\n\nBo"
    assert "generic" in {found.code for found in check_note(note)}


def test_the_title_of_the_job_says_as_little_the_second_time():
    note = "Dear Ann,\n\nThank you for the interview for the role of Harbour Pilot at Acme. Harbour pilot is the job I want.\n\nBo"
    assert "generic" in {found.code for found in check_note(note)}


def test_a_sentence_without_blame_is_held_against_nobody_on_a_doubtful_reading(monkeypatch):
    def is_blamed(text, likely):
        monkeypatch.setattr(sorting, "read", lambda sentences, text: [Reading(other=1 - likely, against=likely)])
        return "self_deprecation" in {found.code for found in check_note(text)}

    assert not is_blamed("I closed the north gate at six.", 0.55)
    assert is_blamed("I closed the north gate at six.", 0.65)
    assert is_blamed("I was clumsy with the north gate.", 0.55)
    assert not is_blamed("I kept turning the north gate over in my mind.", 0.65)
    assert is_blamed("I have been kicking myself over the north gate.", 0.65)


def test_whoever_was_late_with_others_was_late_all_the_same():
    assert "dwelling" in codes("I was late because the ferry engine failed. We floated for an hour.")


def test_what_has_its_reason_told_is_the_mistake():
    assert "dwelling" in codes(
        "The stool stood on three legs of one length and a fourth of its own. That was because I held the rule upside down."
    )


def test_a_road_into_a_trade_is_no_story_of_a_mistake():
    assert "dwelling" not in codes(
        "I came to the trade late, and by way of a missed train. My father had a stall on the platform and I carried the tea."
    )


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("I called the weir a lock. What kind of lock keeper does not know a weir?", {"self_deprecation", "dwelling"}),
        ("I called the weir a lock. Pathetic work, that.", {"self_deprecation", "dwelling"}),
        ("Your lock was built in a year. Splendid work, that.", set()),
        ("What kind of lock keeper does not know a weir?", set()),
        ("My tongue betrayed me in the oral part.", {"self_deprecation"}),
        ("Of all on that bench I was the slowest.", {"self_deprecation"}),
        ("May I retake the rope test?", {"self_deprecation"}),
        ("May I come back for the rope dance?", set()),
        ("I like your question whether my sample is weak.", set()),
        ("Allow me to set out how the ledger came to be wet. The roof was open. We ran for buckets.", {"dwelling", "too_long"}),
        ("I shall leave a copy at the lodge. I will also bring the licence. My card comes on Monday and I can post it.", set()),
        ("The jar labelled Sorry Sam Twice was the best of the shelf.", set()),
        ("Your rule (apologise once, then mend it) hangs in my kitchen.", set()),
        ("Sorry for the wet ledger. All the way home I could see that page before me.", {"apology", "dwelling"}),
    ],
)  # fmt: skip
def test_what_a_slip_draws_after_it_is_told_from_what_only_looks_like_it(body, found):
    assert codes(body) & {"apology", "self_deprecation", "dwelling", "too_long"} == found


def test_what_stands_between_two_sentences_of_a_mistake_is_of_it(monkeypatch):
    def kinds(aside):
        readings = [Reading(other=0, mistake=1), Reading(), Reading(other=0, mistake=1)]
        monkeypatch.setattr(sorting, "read", lambda sentences, text: readings)
        return [each.kind for each in passages(read_note(f"I broke the jug. {aside} I broke the lid."))]

    assert kinds("The shelf in that corner is narrow.") == [Kind.MISTAKE] * 3
    assert kinds("Your garden is a delight.") == [Kind.MISTAKE, Kind.OTHER, Kind.MISTAKE]


def test_a_picture_ends_a_sentence_and_the_writer_is_no_initial():
    assert len(read_note("The lock was lovely 😊 The weir was better.").sentences) == 2
    assert len(read_note("I held the rope, didn't I. That was all.").sentences) == 2


def test_a_doubtful_sentence_far_from_the_mistake_is_not_of_it(monkeypatch):
    def dwells(*likely):
        readings = [Reading(other=1 - each, mistake=each) for each in likely]
        monkeypatch.setattr(sorting, "read", lambda sentences, text: readings)
        return "dwelling" in {found.code for found in check_note("I broke it.\n\nI saw it.\n\nI held it.")}

    assert dwells(1, 0.5, 0)
    assert not dwells(1, 0, 0.5)
    assert dwells(1, 0, 1)
