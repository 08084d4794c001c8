"""Pages about people: the front door, settings, invitations."""
