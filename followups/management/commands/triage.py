"""Replay the triage policy: facts in, decisions out, one JSON object a line."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError

from followups.jsonl import BadLine, read_objects
from followups.models import TriageDecision
from followups.triage import DEFAULT, TriageFacts, triage


class Command(BaseCommand):
    help = "Decide about each line of facts on standard input; with --stored, show which stored decisions would change."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--stored", action="store_true", help="replay the decisions in the database instead")

    def handle(self, *, stored, **options):
        if stored:
            self.replay_stored()
            return
        try:
            answers = [answer(line, values) for line, values in read_objects(sys.stdin.buffer)]
        except BadLine as error:
            raise CommandError(str(error), returncode=2) from error
        for line in answers:
            self.stdout.write(line)

    def replay_stored(self):
        """Print every decision made by the rules that the current policy would make differently."""
        made_by_rules = TriageDecision.objects.filter(made=TriageDecision.Made.ENGINE).order_by("pk")
        for public_id, facts, action in made_by_rules.values_list("public_id", "facts", "action").iterator():
            try:
                new = triage(TriageFacts.from_json(facts), DEFAULT).action
            except ValueError as error:
                new = f"cannot be replayed ({error})"
            if new != action:
                self.stdout.write(f"{public_id} {action} → {new}")


def answer(line, values):
    """The decision about one object of the input as a line of JSON; BadLine if its facts cannot be used."""
    try:
        decision = triage(TriageFacts.from_json(values), DEFAULT)
    except ValueError as error:
        raise BadLine(line, str(error)) from error
    return json.dumps(
        {
            "id": values["id"],
            "action": decision.action,
            "also": decision.also,
            "reasons": [reason.text for reason in decision.reasons],
            "needs_coach": decision.needs_coach,
            "provisional": decision.provisional,
            "act_within_hours": decision.act_within_hours,
            "policy_version": decision.policy_version,
        }
    )
