"""The audit, and the counts of scenarios and controls for the totals of `./dev faults`."""

import pytest

from tests.faults.audit import Audit, add_to_totals
from tests.mailing import sink  # noqa: F401 -- a fixture for all tests here


def is_control(item):
    """A control switches a protection off and holds that the audit then turns red."""
    return item.name.startswith("test_control")


@pytest.fixture
def audit(sink, request):  # noqa: F811
    return Audit(sink, is_control=is_control(request.node))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call" or report.failed:
        failed = int(report.failed)
        if is_control(item):
            add_to_totals(controls=1, red=1 - failed, failed=failed)
        else:
            add_to_totals(scenarios=1, failed=failed)
    return report
