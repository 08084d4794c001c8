"""What stands before a word in its clause, and whether it denies it."""

import re


def clause_before(left: str) -> str:
    """Return what stands before the word in the same clause."""
    return left.rpartition(" , ")[2].strip()


_DENIAL = re.compile(
    r" (?:not|never|no|nothing|without|nor|hardly|stop|needless|unnecessary|rather than|instead of|than to|neither|none) "
)


def is_denied(left: str) -> bool:
    """Say whether the clause so far denies what follows: "no need to …", but not "I can not … enough"."""
    clause = " " + clause_before(left) + " "
    return bool(_DENIAL.search(clause.replace(" not only ", " ").replace(" can not ", " ").replace(" could not ", " ")))
