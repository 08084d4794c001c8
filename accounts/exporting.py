"""What of this app's rows stands in a person's export of their data."""

TABLES = ()
