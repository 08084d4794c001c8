"""What happened in their interviews: per trade the employers, the must-haves, the mistakes and what can be said about them."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Slip:
    """One perceived mistake with the answers its owner gives."""

    kind: str
    text: str
    topic: str = ""
    correction: str = ""
    answers: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Trade:
    role: str
    employers: tuple[str, ...]
    must_haves: tuple[str, ...]
    shown: str  # what shows the second of them, which never came up
    stayed: str  # what stayed with her
    slips: tuple[Slip, ...]


MATTERS = {"touches_must_have": True, "has_new_information": True}

TRADES = {
    "content": Trade(
        "Content manager",
        ("Kilele Media", "Harbour Street Press", "Tumaini Stories", "Blue Acacia"),
        ("Writes to a weekly rhythm", "Knows search", "Can lead freelancers"),
        "Took the recipe pages of a food magazine from nobody to the first answer people find.",
        "how the newsletter went from eight readers to eight thousand",
        (
            Slip(
                "omitted_information",
                "I never mentioned the internship at ABC, where I wrote three posts a week. They asked twice how I keep a rhythm.",
                "writing every week",
                "At ABC I wrote three blog posts a week for six months, and two of them are still among their most read.",
                MATTERS | {"asked_for": True},
            ),
            Slip(
                "weak_answer",
                "I rambled when she asked why I left my last place.",
                "leaving my last job",
                "",
                {"noticed": "unsure"},
            ),
            Slip(
                "regretted_remark",
                "I joked that editors never read to the end. Nobody laughed.",
                "editing",
                "",
                {"noticed": "no"},
            ),
        ),
    ),
    "engineering": Trade(
        "Backend engineer",
        ("Mbele Systems", "Northgate Transit", "Sable Software", "Rafiki Pay"),
        ("Runs services in production", "PostgreSQL", "On-call experience"),
        "Moved a ledger of two terabytes to a new PostgreSQL without a minute of downtime.",
        "the way you moved the ledger without a night of downtime",
        (
            Slip(
                "technical_error",
                "I said a partial index can't be unique. It can, and their whole booking design rests on it.",
                "the booking table",
                "A partial index can be unique, and that is how I would keep one live booking per seat.",
                MATTERS | {"noticed": "yes"},
            ),
            Slip(
                "omitted_information",
                "They worry about on-call and I forgot the year I carried the pager for the payments team.",
                "on-call",
                "I carried the pager for payments for a year, one week in four.",
                MATTERS | {"doubt_voiced": True},
            ),
            Slip("logistics", "My call dropped for a minute and I had to dial in again.", "", "", {"noticed": "yes"}),
        ),
    ),
    "finance": Trade(
        "Financial analyst",
        ("Umoja Credit", "Castlegate Partners", "Savanna Trust", "Lakeside Foods"),
        ("Month-end close", "Budget ownership", "Advanced spreadsheets"),
        "Owned a budget of 14 million shillings for two years.",
        "why the Kisumu branch closes its month in three days",
        (
            Slip(
                "wrong_fact",
                "I said our budget was 40 million. I looked it up: it was 14.",
                "the budget I ran",
                "The budget I ran was 14 million shillings, not 40.",
                MATTERS | {"relied_on": "yes"},
            ),
            Slip(
                "weak_answer",
                "She asked for a forecast that went wrong and I gave a thin one.",
                "forecasting",
                "Last March my cash forecast was nine per cent off; I found the late supplier and changed the model the same week.",
                MATTERS | {"noticed": "unsure"},
            ),
            Slip("conduct", "I kept clicking my pen. I only saw it at the end.", "", "", {"noticed": "unsure"}),
        ),
    ),
    "health": Trade(
        "Ward nurse",
        ("Mwangaza Hospital", "St. Brigid's Clinic", "Lakeview Children's", "Pumzika Hospice"),
        ("Valid licence", "Night shifts", "Paediatric experience"),
        "Two years of night shifts, alone with eighteen beds.",
        "the ten-minute huddle you start every shift with",
        (
            Slip(
                "omitted_information",
                "I left out the paediatric certificate I finished in May. It is on none of my papers yet.",
                "paediatrics",
                "I finished the paediatric life support certificate in May; I can send the copy.",
                MATTERS,
            ),
            Slip(
                "misleading_claim",
                "I said I had led the ward for a year. I stood in for the charge nurse, for four months.",
                "leading a ward",
                "I stood in as charge nurse for four months, not a year.",
                {"touches_must_have": True, "relied_on": "yes", "has_new_information": True},
            ),
            Slip(
                "weak_answer",
                "I stumbled over the drug round question though I do it every day.",
                "the drug round",
                "",
                {"noticed": "no"},
            ),
        ),
    ),
    "logistics": Trade(
        "Depot coordinator",
        ("Bandari Freight", "Five Roads Logistics", "Great Rift Haulage", "Coldline"),
        ("Route planning", "Dangerous goods licence", "Leads a shift"),
        "Holds the licence since 2023 and drove fuel to six stations.",
        "how you load the Friday trucks backwards",
        (
            Slip(
                "omitted_information",
                "I forgot to say that I planned the cold-chain routes myself for two seasons.",
                "cold-chain routes",
                "For two seasons I planned the cold-chain routes myself, forty drops a day.",
                MATTERS,
            ),
            Slip(
                "logistics",
                "I was ten minutes late; I rang ahead and they were fine about it.",
                "",
                "",
                {"settled_in_the_room": "yes"},
            ),
            Slip(
                "regretted_remark",
                "I called the old depot a mess. The manager used to run it.",
                "the old depot",
                "",
                {"noticed": "yes", "hurt_someone": True},
            ),
        ),
    ),
    "teaching": Trade(
        "Programme lead",
        ("Elimu Bridge", "The Copper School", "Open Desk Trust", "Riverside College"),
        ("Trains teachers", "Writes curriculum", "Safeguarding"),
        "Wrote the reading course that eleven schools use.",
        "the reading room the pupils run themselves",
        (
            Slip(
                "weak_answer",
                "Asked for a conflict with a parent, I picked the wrong example.",
                "working with parents",
                "Two years ago a father wanted his son moved; we met three times and built a plan he now shows to others.",
                MATTERS | {"asked_for": True},
            ),
            Slip(
                "omitted_information",
                "I did not say that I wrote the safeguarding guide our district uses.",
                "safeguarding",
                "I wrote the safeguarding guide our district has used since 2023.",
                MATTERS,
            ),
            Slip("conduct", "I interrupted the head teacher once.", "", "", {"noticed": "unsure"}),
        ),
    ),
}

INTERVIEWERS = (
    "Grace Kamau",
    "Peter Odhiambo",
    "Ann Fletcher",
    "Rahul Desai",
    "Njeri Karanja",
    "James Whitlock",
    "Salome Auma",
    "Ingrid Berg",
)
