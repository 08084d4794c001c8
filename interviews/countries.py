"""Countries as the zone database knows them: what they are called, and where a zone tells which one it is.

Pure. Of several possible countries none is taken: the country decides which days are the weekend, and a wrong one would
move deadlines without anybody noticing.
"""

from functools import cache
from importlib.resources import files

from interviews.finding import fold


def _rows(name: str) -> list[list[str]]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def country_names() -> dict[str, str]:
    """ISO 3166 code → English name."""
    return {code: name for code, name in _rows("iso3166.tab")}


@cache
def _of_zones() -> dict[str, frozenset[str]]:
    """Zone → countries in which clocks go by it: what each country calls its own, widened by those that share it."""
    own = {row[2]: frozenset({row[0]}) for row in _rows("zone.tab")}
    shared = {row[2]: frozenset(row[0].split(",")) for row in _rows("zone1970.tab")}
    found = {**own, **shared}
    for line in files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text(encoding="utf-8").splitlines():
        if not line.startswith("L "):
            continue
        _link, zone, former = line.split()
        # Former names of one place (Asia/Calcutta); not rules such as EST, which is filed under Panama.
        if zone in found and former not in found and zone.split("/")[0] == former.split("/")[0]:
            found[former] = found[zone]
    return found


def country_of(zone: str, place: str = "") -> str:
    """The country of a zone, where it is certain; "" where it is not. Of several a place that ends with its name tells which."""
    possible = _of_zones().get(zone, frozenset())
    if len(possible) > 1:
        last = fold(place.rsplit(",", 1)[-1])
        possible = frozenset(code for code in possible if fold(country_names()[code]) == last)
    return next(iter(possible)) if len(possible) == 1 else ""
