"""Real PostgreSQL, Valkey and SMTP servers from wheels, for the demo and the tests; production brings its own.

`python -m config.embedded up | test | run` is what `./dev` calls. Tests that stop or kill a server use the classes
`Postgres`, `Valkey` and `Inbox` from the modules named after them.
"""
