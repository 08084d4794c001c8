from tests.mailing import sink  # noqa: F401 -- a fixture for all tests here
