# One image for web, worker, beat and pump; docker-compose.yml says which is which.
FROM python:3.13-slim AS build
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
ENV UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
COPY pyproject.toml uv.lock .python-version ./
RUN uv sync --locked --no-default-groups --extra production
COPY . .
# What makes the translations readable is heavy and needed here alone.
RUN UV_PROJECT_ENVIRONMENT=/tmp/messages uv run --locked --only-group messages python -P config/catalogues.py compile
# Names and secrets that settings ask for and that no built file holds.
RUN SECRET_KEY=build AFTERWORD_MAIL_KEYS=build ALLOWED_HOSTS=localhost \
    .venv/bin/python manage.py collectstatic --noinput --verbosity 0

FROM python:3.13-slim
# pg_dump, pg_restore and psql of the server's version, from PostgreSQL's own packages, for manage.py backup and restore.
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates postgresql-common \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install --yes --no-install-recommends postgresql-client-18 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin afterword \
    && install --directory --owner afterword --mode 0750 /ledger
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER afterword
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind=0.0.0.0:8000", "--workers=3", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]
