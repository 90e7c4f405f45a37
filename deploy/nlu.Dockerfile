# The language model: the application (Python 3.11), which trains and watches Rasa (Python 3.10) as its child.
FROM python:3.10.19-slim-bookworm AS rasa
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
COPY nlu/rasa/pyproject.toml nlu/rasa/uv.lock nlu/rasa/
RUN uv sync --frozen --no-dev --project nlu/rasa --python /usr/local/bin/python3.10

FROM python:3.11.14-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --frozen --no-dev --no-install-project --python /usr/local/bin/python3.11
COPY . .
RUN uv sync --frozen --no-dev --python /usr/local/bin/python3.11 \
    && .venv/bin/python -m compileall -q api bot content core hub nlu notifier

FROM python:3.11.14-slim-bookworm
RUN groupadd --gid 10001 hub \
    && useradd --uid 10001 --gid hub --no-create-home --home-dir /tmp --shell /usr/sbin/nologin hub \
    && install -d -o hub -g hub -m 0750 /var/lib/hub
# Both interpreters name their files by version, so they live side by side.
COPY --from=rasa /usr/local/bin/python3.10 /usr/local/bin/python3.10
COPY --from=rasa /usr/local/lib/python3.10 /usr/local/lib/python3.10
COPY --from=rasa /usr/local/lib/libpython3.10.so.1.0 /usr/local/lib/libpython3.10.so.1.0
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 VAR_DIR=/var/lib/hub
WORKDIR /app
COPY --from=build /app /app
COPY --from=rasa /app/nlu/rasa/.venv /app/nlu/rasa/.venv
RUN ldconfig && nlu/rasa/.venv/bin/python -c "import sys, ssl, sqlite3, rasa; assert sys.version_info[:2] == (3, 10)"
USER hub
CMD ["hub", "nlu", "serve"]
