"""The demo world: believable people with deadlines relative to now. `manage.py seed_demo` builds it."""
