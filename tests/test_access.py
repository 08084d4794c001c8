"""Who may open what. Every address has a row in a table (tests/access.py); a new one without a row fails the build.

Each of ten visitors knocks at each address with each verb: whoever is not let in reads no word of anybody's and changes
no row, and what is only looked at changes none either.
"""

import functools
import json
import logging
import re
import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.test import override_settings
from django.urls import resolve, reverse
from django.urls.converters import IntConverter
from django.utils import timezone

from accounts import export_files, links, personal_data
from config import rates
from config.schema import Generator
from tests.access import API, OPEN_TO_ALL, OURS, PAGES
from tests.access_again import AGAIN, LINKS
from tests.access_services import SERVICES
from tests.html_forms import forms_in
from tests.walk import ROLES, Answer, Walk, all_routes, ids_in

pytestmark = pytest.mark.django_db
ROUTES = {name: (verbs, blanks) for name, verbs, blanks in all_routes()}
TABLE = {**PAGES, **API, **AGAIN}
SAFE = ("GET", "HEAD", "OPTIONS")
# The same long text for everybody, and seconds to make.
DESCRIPTIONS = {"api-schema", "api-guide"}
PLACES = re.compile(r'(?:action|href|hx-get|hx-post)="([^"]+)"')
NEEDS_A_BODY = {"comment-new"}
VERBS = (*SAFE, "POST", "PUT", "PATCH", "DELETE")
# Whoever is let in leaves these behind by looking: who read her interview, when a token was last used, where
# she was last seen, that it was opened.
LOOKING = {"accounts_auditentry", "accounts_accesstoken", "coaching_review", "coaching_sessionreport"}
LOOKING |= {"usersessions_usersession"}
# With a session only, whatever a token may.
NO_TOKENS = {"GET api:account-deletion", "GET api:export-download"}
BLANK = re.compile(r"{(\w+)}")
EXPORTERS = ("owner", "coach", "other_coach", "admin", "stranger", "removed_coach")


def test_every_address_has_a_row():
    pages = {name for name in ROUTES if not name.startswith((*OURS.libraries, "api:"))}
    endpoints = {
        f"{verb.upper()} {name}"
        for name, (verbs, _blanks) in ROUTES.items()
        if name.startswith("api:")
        for verb in verbs
        if verb != "head"
    }
    assert (sorted(pages - set(PAGES) - set(OPEN_TO_ALL)), sorted(endpoints - set(API))) == ([], [])


def test_every_row_has_an_address():
    assert sorted(key for key in TABLE if asked(key)[1] not in ROUTES) == []


def asked(key):
    """The verb, "" for a page's own, and the name of the address."""
    verb, _space, name = key.partition("|")[0].rpartition(" ")
    return verb, name


def test_the_description_names_no_endpoint_without_a_row():
    paths = Generator().get_schema(public=True)["paths"]
    described = {
        f"{verb.upper()} {resolve(BLANK.sub(filled, path)).view_name}"
        for path, verbs in paths.items()
        for verb in verbs
    }
    assert sorted(described - set(API) - {f"POST api:{name}" for name in OPEN_TO_ALL}) == []


def filled(blank):
    return "7" if blank[1] == "id" else str(uuid.uuid4())


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker, request):
    """The world is made once: building it for each address took most of the time."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(rates, "PER_MINUTE", 10**9)
        logging.disable(logging.CRITICAL)
        walk = Walk()
        yield walk
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    if reporter:
        reporter.write_line(f"access: {walk.cells} cells")


def expected(key, rule):
    """What each of the ten gets, by the row of six."""
    nobody, owner, coach, other_coach, admin, stranger = rule.answers
    is_api, is_look = bool(asked(key)[0]), key.startswith("GET ")
    return {
        "nobody": nobody,
        "owner": owner,
        "coach": coach,
        "other_coach": other_coach,
        "admin": admin,
        "stranger": stranger,
        "removed_coach": rule.removed_coach or other_coach,
        "read_token": (owner if is_look and key not in NO_TOKENS else 403) if is_api else nobody,
        "feed_token": 401 if is_api else nobody,
        "closed_owner": nobody,
    }


def address_of(name, rule, rows):
    return reverse(name, kwargs={kwarg: rows[record] for kwarg, record in rule.kwargs.items()}) + filled_in(
        rule.query, rows
    )


@pytest.mark.parametrize("key", sorted(TABLE))
def test_who_may_open_it(key, walk):
    assert wrong_with(key, walk) == {}


@pytest.mark.parametrize("name", sorted(set(ROUTES) - DESCRIPTIONS))
def test_other_verbs_open_no_other_way(name, walk):
    """HEAD and OPTIONS tell no more than GET; a verb that is not named is refused; a form's POST is as shut as the form."""
    assert wrong_with_other_verbs_of(name, walk) == {}


def wrong_with(key, walk, roles=ROLES):
    """By role, what is not as its row says."""
    rule = TABLE[key]
    verb, name = asked(key)
    verb = verb or rule.method.upper()
    body = {field: filled_in(text, walk.rows) for field, text in rule.body.items()}
    with override_settings(**rule.settings):
        answers = {role: walk.ask(role, verb, address_of(name, rule, walk.rows), data=body) for role in roles}
    wanted = expected(key, rule)
    wrong = {role: answer.status for role, answer in answers.items() if answer.status != wanted[role]}
    wrong |= leaks(answers, verb, walk, address_of(name, rule, walk.rows) + json.dumps(body))
    kept = {role: answer for role, answer in answers.items() if rule.hides and role not in rule.but_for}
    hides = filled_in(rule.hides, walk.rows)
    wrong |= {role: f"is told {hides}" for role, answer in kept.items() if hides in answer.body}
    wrong |= {
        role: f"writes {rule.unchanged}"
        for role, answer in answers.items()
        if rule.unchanged in answer.wrote and role not in rule.but_for
    }
    wrong |= {
        role: "is told another thing"
        for role, text in rule.says.items()
        if role in answers and text not in answers[role].body
    }
    # What a setting opens stands shut in the other rows.
    wrong |= (
        {}
        if rule.settings
        else {role: f"is offered {what}" for role, answer in answers.items() if (what := offers(answer, role, walk))}
    )
    hidden = next((role for role in roles if answers[role].status == 404), None)
    if rule.kwargs and hidden and not wrong and not rule.body and not rule.settings:
        # Hidden and absent are one thing.
        blanks = ROUTES[name][1]
        absent = {kwarg: 7 if type(blanks.get(kwarg)) is IntConverter else uuid.uuid4() for kwarg in rule.kwargs}
        nothing = reverse(name, kwargs=absent)
        if same(walk.ask(hidden, verb, nothing)) != same(answers[hidden]):
            wrong[hidden] = "tells what is there from what is not"
    return wrong


def filled_in(text, rows):
    return text and re.sub(r"@(\w+)", lambda found: str(rows[found[1]]), text)


@pytest.mark.parametrize("link", LINKS, ids=" ".join)
def test_a_link_opens_what_its_owner_may_see(link, walk):
    assert wrong_with_link(link, walk) == {}


def wrong_with_link(link, walk, roles=("nobody",)):
    """Made for somebody about a record, as if the record had been theirs when the mail went."""
    purpose, whose, kind = link
    status, offered_no_more = LINKS[link]
    ends_at = timezone.now() + timedelta(days=1)
    token = links.make(purpose, walk.people[whose], walk.rows[kind], ends_at=ends_at)
    answer = walk.ask("nobody", "GET", reverse(f"link-{purpose}", args=[token]))
    wrong = {purpose: answer.status} if answer.status != status else {}
    offered = [name for name in offered_no_more if f'value="{name}"' in answer.body]
    return wrong | ({"offered": offered} if offered else {})


def test_a_link_moves_her_session_to_no_slot_that_is_not_hers_to_see(walk):
    assert wrong_with_link_to_move("booking", walk) == {}


def wrong_with_link_to_move(purpose, walk, roles=("nobody",)):
    token = links.make(purpose, walk.people["owner"], walk.rows["booking"], ends_at=timezone.now() + timedelta(days=1))
    data = {"answer": "move", "slot": str(walk.rows["next_proposed"])}
    answer = walk.ask("nobody", "POST", reverse("link-booking", args=[token]), data=data)
    return {} if answer.status == 404 else {"moved": answer.status}


@pytest.mark.parametrize("holds", SERVICES, ids=lambda holds: holds.__name__)
def test_a_service_looks_once_more(holds, walk):
    assert wrong_with_service(holds, walk) == {}


def wrong_with_service(holds, walk, roles=("nobody",)):
    with transaction.atomic():
        found = {} if holds(walk) else {"nobody": "it does not hold"}
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("role", EXPORTERS)
def test_an_export_holds_nothing_that_she_may_not_see(role, walk):
    assert wrong_with_export(role, walk) == {}


def wrong_with_export(role, walk, roles=()):
    person = walk.people[role]
    data = json.dumps(export_files.gather(person, now=timezone.now()))
    files = b"".join(file.write(person) for part in personal_data.parts() for file in part.files)
    # Mails to her are told by their ids, and so are lessons that were ticked for her and are closed to her since.
    hidden = walk.hidden[role].items()
    told = {public_id for public_id, kind in hidden if kind in ("OutboundEmail", "Lesson")}
    return leaks({role: Answer(200, data + files.decode(), "", frozenset())}, "GET", walk, " ".join(told))


def wrong_with_other_verbs_of(name, walk, roles=ROLES, verbs=VERBS):
    rule = PAGES.get(name) or next((API[f"{verb} {name}"] for verb in VERBS if f"{verb} {name}" in API), None)
    if rule is None:
        blanks = {blank: example(kind) for blank, kind in ROUTES[name][1].items()}
        address = reverse(name, kwargs=OF_LIBRARIES.get(name, blanks))
    else:
        address = address_of(name, rule, walk.rows)
    known = {verb for verb in VERBS if f"{verb} {name}" in API} | ({rule.method.upper()} if name in PAGES else set())
    has_form = name in PAGES and rule.method == "get"
    wrong = {}
    for verb in [verb for verb in verbs if verb not in known]:
        # An address that does not know the verb says so to everybody: whoever may most asks, and somebody whose it is not.
        askers = ROLES if verb == "POST" and has_form else ("owner", "stranger")
        answers = {role: walk.ask(role, verb, address) for role in askers if role in roles}
        bad = leaks(answers, verb, walk, address)
        bad |= {role: answer.status for role, answer in answers.items() if answer.status == 500}
        if has_form and verb == "POST":
            shut = {role for role, status in expected(name, rule).items() if status in (403, 404)}
            bad |= {role: answer.status for role, answer in answers.items() if role in shut and not answer.is_no}
        if name in PAGES and rule.method == "post" and verb in ("GET", "HEAD") and not rule.shows:
            # Scanners and previews open links: nothing that acts answers them.
            bad |= {role: answer.status for role, answer in answers.items() if not answer.is_no}
        wrong |= {f"{verb} by {role}": what for role, what in bad.items()}
    return wrong


def same(answer):
    return answer.status, len(answer.body)


def leaks(answers, verb, walk, address):
    """Words and rows told to somebody who may not see them; rows written by whoever is not let in, or only looks."""
    bad = {}
    for role, answer in answers.items():
        wrote = answer.wrote - ({"accounts_accesstoken"} if answer.is_no else LOOKING)
        if words := answer.words_of_others(role):
            bad[role] = f"is told {words}"
        elif (
            ids := (ids_in(answer.body + answer.to) & walk.hidden[role].keys()) - ids_in(address) - named_to(role, walk)
        ):
            bad[role] = f"is told of {sorted({walk.hidden[role][one] for one in ids})}"
        elif wrote and (answer.is_no or verb in SAFE):
            bad[role] = f"writes {sorted(wrote)}"
    return bad


def named_to(role, walk):
    """What is only named: to her coach a brief says whom it goes to."""
    named = {str(walk.rows["referee"])} if role == "coach" else set()
    # What waits at the desk is every coach's to take.
    return named | ({str(walk.rows["at_desk"])} if role.endswith("coach") else set())


def offers(answer, role, walk):
    """The pages and buttons that a page offers to somebody to whom they are shut."""
    if answer.is_no or not answer.body.lstrip().startswith("<"):
        return []
    if not walk.shut:
        for key, rule in {**PAGES, **AGAIN}.items():
            for who, status in expected(key, rule).items():
                name = asked(key)[1]
                if status in (403, 404) and name not in NEEDS_A_BODY and not (rule.body or rule.settings):
                    walk.shut[address_of(name, rule, walk.rows), who] = key
    places = {place.partition("?")[0] for place in PLACES.findall(answer.body)}
    return sorted(walk.shut[place, role] for place in places if (place, role) in walk.shut)


def example(converter):
    return {"UUIDConverter": uuid.UUID(int=7), "IntConverter": 7}.get(type(converter).__name__, "nothing")


# Those of libraries name theirs by a pattern.
OF_LIBRARIES = {
    "account_confirm_email": {"key": "nothing"},
    "account_reset_password_from_key": {"uidb36": "0", "key": "nothing"},
    "openid_connect_login": {"provider_id": "nothing"},
    "openid_connect_callback": {"provider_id": "nothing"},
}


# Whoever sends a body that names somebody else's rows, whole and in order, to an endpoint that makes something.
OTHERS = ("stranger", "other_coach", "removed_coach", "coach", "admin")
# Coaches and admins act for those whose coach they are or whom they look after; a candidate may ask, and wait for, any coach.
THEIR_OWN = {
    "POST api:absence-list": {"coach", "admin"},
    "POST api:absence-preview": {"coach", "admin"},
    "POST api:booking-list": {"coach"},
    "POST api:closure-list": {"coach", "admin"},
    "POST api:comment-list": {"coach"},
    "POST api:engagement-list": {"stranger"},
    "POST api:goal-list": {"coach"},
    "POST api:invitation-list": {"coach", "admin"},
    "POST api:series-list": {"coach", "admin"},
    "POST api:slot-list": {"coach", "admin"},
    "POST api:waitlist-list": {"stranger"},
}
NAMED = {
    "interview": "interview",
    "previous": "interview",
    "mistake": "mistake",
    "candidate": "owner",
    "coach": "coach",
    "slot": "slot",
    "to_slot": "slot",
    "engagement": "engagement",
    "review": "review",
    "note": "note",
    "referee": "referee",
    "interviewer": "interviewer",
    "lesson": "lesson",
    "other": "lesson",
    "decision": "decision",
    "booking": "booking",
}


# In what an endpoint takes, the row of the two next door that a field can name.
NEXT_DOOR = {name: f"next_{kind}" for name, kind in NAMED.items()} | {
    "agenda": "next_lesson",
    "cancel": "next_booking",
    "carries": "next_mistake",
    "decisions": "next_decision",
    "drop": "next_mistake",
    "heard_by": "next_interviewer",
    "items": "next_decision",
    "offer": "next_offer",
    "person": "next_interviewer",
    "place": "next_proposed",
    "places": "next_booking",
    "requirement": "next_requirement",
    "results": "next_lesson",
    "series": "next_series",
    "slot": "next_proposed",
    "slots": "next_proposed",
}
# A candidate may ask, and wait for, any coach, and everybody knows who they are. What is not asked for is passed over.
ANYBODYS = {
    ("POST api:engagement-list", "coach"),
    ("POST api:engagement-list", "candidate"),
    ("POST api:invitation-list", "coach"),
    ("POST api:review-answer", "items"),
    ("POST api:waitlist-list", "coach"),
    ("PATCH api:waitlist-detail", "coach"),
}


def test_a_body_that_names_hers_does_nothing(walk):
    wrong = {key: what for key in bodies(walk) if (what := wrong_with_body_of(key, walk))}
    assert wrong == {}
    assert len(bodies(walk)) > 8


def wrong_with_body_of(key, walk, roles=OTHERS):
    body = bodies(walk)[key]
    address = address_of(key.split()[1], API[key], walk.rows)
    answers = {role: walk.ask(role, "POST", address, data=json.dumps(body)) for role in OTHERS if role in roles}
    bad = leaks(answers, "POST", walk, address + json.dumps(body))
    for role, answer in answers.items():
        if role in THEIR_OWN.get(key, ()):
            continue
        if answer.status < 400 or answer.wrote:
            bad[role] = (answer.status, sorted(answer.wrote))
            continue
        absent = {
            name: str(uuid.uuid4()) if name in NAMED and value in walk.hidden[role] else value
            for name, value in body.items()
        }
        if absent != body and same(walk.ask(role, "POST", address, data=json.dumps(absent))) != same(answer):
            bad[role] = f"tells what is there from what is not: {answer.status}"
    return bad


@functools.cache
def bodies(walk):
    """By key, the body of each endpoint that makes something out of rows named in it."""
    inputs, known = described()
    return {
        key: body_of(key, fields, known, walk)
        for key, fields in inputs.items()
        if key.startswith("POST ") and not API[key].kwargs and fields.keys() & NAMED.keys()
    }


@functools.cache
def described():
    """By key, the fields of what an endpoint takes; and the parts of the description that they point to."""
    schema = Generator().get_schema(public=True)
    known, found = schema["components"]["schemas"], {}
    for path, verbs in schema["paths"].items():
        for verb in {"post", "put", "patch"} & verbs.keys():
            key = f"{verb.upper()} {resolve(BLANK.sub(filled, path)).view_name}"
            content = verbs[verb].get("requestBody", {}).get("content", {}).get("application/json", {})
            if key in API and (fields := resolved(content.get("schema", {}), known).get("properties")):
                found[key] = fields
    return found, known


def test_no_field_takes_a_row_from_next_door(walk):
    wrong = {about: what for about in fields_that_name(walk) if (what := wrong_with_field(about, walk))}
    assert wrong == {}
    assert len(fields_that_name(walk)) > 40


def wrong_with_field(about, walk, roles=("owner", "coach")):
    """Refused, nothing written, and no other answer than where no such row is."""
    key, field = about
    verb, name = asked(key)
    address, bad = address_of(name, API[key], walk.rows), {}
    for role in roles:
        if expected(key, API[key])[role] in (401, 403, 404):
            continue
        named, absent = (fields_that_name(walk)[about](one) for one in (walk.rows[NEXT_DOOR[field]], uuid.uuid4()))
        answer = walk.ask(role, verb, address, data=named)
        bad |= leaks({role: answer}, verb, walk, address + json.dumps(named))
        if answer.status < 400 or answer.wrote - {"accounts_accesstoken"}:
            bad[role] = (answer.status, sorted(answer.wrote))
        elif same(walk.ask(role, verb, address, data=absent)) != same(answer):
            bad[role] = f"tells what is there from what is not: {answer.status}"
    return bad


def test_no_form_takes_a_row_from_next_door(walk):
    """Whatever a page offers to choose among, an id put in its place that is not hers counts as one that is nobody's."""
    kinds, wrong, tried = kinds_of_rows(), {}, set()
    for key in {**PAGES, **AGAIN}:
        for role in ("owner", "coach", "admin"):
            for form, address, own in choices_of(key, role, walk):
                if foreign := next_door(kinds[own], role, walk, kinds):
                    tried.add((key, role, form.action, kinds[own]))
                    if what := wrong_with_form(form, address, role, own, foreign, walk):
                        wrong[key, role, form.action, kinds[own]] = what
    assert wrong == {}
    assert len(tried) > 25


def next_door(kind, role, walk, kinds):
    """Such a row that is no business of this visitor's. An admin's is everybody who is a person here."""
    if kind == "User":
        return "" if role == "admin" else str(walk.rows["next_candidate"])
    rows = (str(row) for name, row in walk.rows.items() if name.startswith("next_"))
    return next((row for row in rows if kinds.get(row) == kind and row in walk.hidden[role]), "")


def choices_of(key, role, walk):
    """Each form of a page with each id of a row that it would send or that can be chosen there."""
    name, rule = asked(key)[1], {**PAGES, **AGAIN}[key]
    if (rule.method != "get" and not rule.shows) or expected(key, rule)[role] != 200:
        return
    page = address_of(name, rule, walk.rows)
    for form in forms_in(walk.ask(role, "GET", page).body):
        for own in sorted(ids_in(json.dumps(form.fields + form.offered))):
            yield form, form.action or page, own


def kinds_of_rows():
    """By public id, the kind of each row."""
    models = [model for model in apps.get_models() if hasattr(model, "public_id")]
    return {
        str(one): model.__name__ for model in models for one in model._base_manager.values_list("public_id", flat=True)
    }


def wrong_with_form(form, address, role, own, foreign, walk):
    named, absent = (
        walk.ask(role, form.method.upper(), address, data=form.data(own, one)) for one in (foreign, str(uuid.uuid4()))
    )
    if named.status == 500:
        return "500"
    if (named.status, named.wrote) != (absent.status, absent.wrote):
        return f"tells what is there from what is not: {named.status}, {absent.status}, {sorted(named.wrote)}"
    return leaks({role: named}, "POST", walk, address + foreign).get(role)


@functools.cache
def fields_that_name(walk):
    """By key and field, what makes a body that names a row there, and is otherwise as it should be."""
    inputs, known = described()
    found = {}
    for key, fields in inputs.items():
        for field in sorted(fields.keys() & NEXT_DOOR.keys()):
            if (key, field) not in ANYBODYS and '"uuid"' in json.dumps(resolved_whole(fields[field], known)):
                rest = body_of(key, fields, known, walk) if not API[key].kwargs else {}
                found[key, field] = functools.partial(naming, field, fields[field], known, rest)
    return found


def naming(field, schema, known, rest, public_id):
    return {**rest, field: of_shape(resolved(schema, known), known, str(public_id))}


def resolved_whole(schema, known):
    """With what it points to in its place."""
    schema = resolved(schema, known)
    if "items" in schema:
        return schema | {"items": resolved_whole(schema["items"], known)}
    return schema


def of_shape(schema, known, public_id):
    """The id alone, in a list, or in a list of things that name it."""
    if schema.get("type") == "array":
        return [of_shape(resolved(schema["items"], known), known, public_id)]
    if schema.get("type") == "object":
        return {
            name: public_id if resolved(one, known).get("format") == "uuid" else example_of(name, one, known, None)
            for name, one in schema["properties"].items()
        }
    return public_id


LEFT_OUT = object()


def body_of(key, fields, known, walk):
    told = {name: example_of(name, what, known, walk) for name, what in fields.items()} | says(key, walk)
    return {name: value for name, value in told.items() if value is not LEFT_OUT}


def says(key, walk):
    """What a description cannot say: a time that is free, which fields go together, whose address it is."""
    # Slots of the world stand on the next twelve days, at hours that hang on the tests before.
    day = [(timezone.now() + timedelta(days=days)).date().isoformat() for days in range(60)]
    somebody = str(walk.rows["interviewer"])
    return {
        "POST api:absence-list": {"from_wall": f"{day[19]}T09:00", "until_wall": f"{day[20]}T17:00"},
        "POST api:comment-list": {"visibility": LEFT_OUT, "decision": LEFT_OUT},
        "POST api:interview-list": {
            "country": "KE",
            "starts_wall": f"{day[9]}T09:00",
            "ends_wall": f"{day[9]}T10:00",
            "decision_on": LEFT_OUT,
            "decision_time": LEFT_OUT,
        },
        "POST api:interview-next-round": {"starts_wall": f"{day[9]}T09:00", "ends_wall": f"{day[9]}T10:00"},
        "POST api:invitation-list": {"email": "grace@company.example"},
        "POST api:mistake-list": {"requirement": LEFT_OUT, "drop": LEFT_OUT},
        "POST api:mistake-begin-putting-right": {"person": somebody, "note": LEFT_OUT},
        "POST api:note-list": {"carries": LEFT_OUT},
        "POST api:engagement-list": {"coach": str(walk.people["other_coach"].public_id), "candidate": LEFT_OUT},
        "POST api:review-list": {
            "note": LEFT_OUT,
            "send_zone": LEFT_OUT,
            "send_wall": LEFT_OUT,
            "if_unreviewed": LEFT_OUT,
        },
        "POST api:roster-list": {"people": [{"email": "grace@company.example"}]},
        "POST api:series-list": {
            "rule": "FREQ=WEEKLY;BYDAY=MO",
            "starts_wall": f"{day[19]}T09:00",
            "until_on": day[40],
            "link": LEFT_OUT,
            "in_a_row": 1,
            "minutes": 45,
        },
        "POST api:slot-list": {"link": LEFT_OUT, "starts_wall": f"{day[19]}T09:00", "minutes": 45},
        "POST api:suppression-list": {"address": "grace@company.example", "reason": "complaint"},
        "POST api:waitlist-list": {"first_on": day[2], "last_on": day[9]},
    }.get(key, {})


def resolved(schema, known):
    one = (schema.get("allOf") or schema.get("oneOf") or [schema])[0]
    return known[one["$ref"].rpartition("/")[2]] if "$ref" in one else one


def example_of(name, schema, known, walk):
    """Something that the description allows there, and hers wherever a row is named."""
    schema = resolved(schema, known)
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if name in NAMED:
        return str(walk.rows[NAMED[name]])
    if "enum" in schema:
        return schema["enum"][0]
    if kind == "array":
        return [example_of("", schema["items"], known, walk)] if schema.get("minItems") else []
    examples = {"date": "2030-03-04", "date-time": "2030-03-04T09:00:00Z", "email": "grace@company.example"}
    texts = schema.get("example") or examples.get(schema.get("format"), "One line")
    if name == "zone":
        return "Africa/Nairobi"
    return {"boolean": True, "integer": schema.get("minimum", 45), "number": 1, "object": {}}.get(kind, texts)
