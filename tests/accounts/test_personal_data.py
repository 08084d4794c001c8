"""The registry of what is held about a person."""

from accounts import personal_data


def test_export_goes_up_and_erasing_down():
    assert [part.name for part in personal_data.parts()] == ["accounts", "interviews", "followups", "coaching"]
    assert [part for part in reversed(personal_data.parts()) if part.erase] == list(personal_data.parts_to_erase())
