# The bot in a container. The database is in /data. Mount your essays read-only at /content:
#
#   docker build -t afterword .
#   docker run -d --name afterword --restart unless-stopped \
#     -v afterword:/data -v "$PWD/content:/content:ro" --env-file .env afterword
#
# For an encrypted database (docs/encryption.md): docker build --build-arg ENCRYPTION=yes -t afterword .
#
# To try it without a token: docker run --rm -it afterword demo

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN python -m venv --without-pip .venv
COPY requirements.lock requirements-encryption.lock ./
RUN pip --python .venv/bin/python install --require-hashes -r requirements.lock
# 21 MB that few need, since an encrypted volume does the same.
ARG ENCRYPTION=
RUN if [ -n "$ENCRYPTION" ]; then \
    pip --python .venv/bin/python install --require-hashes -r requirements-encryption.lock; \
  fi
COPY pyproject.toml README.md LICENSE ./
COPY content content
COPY bot bot
# Editable: there is one copy of the code, and `demo` finds the essays beside it.
RUN pip --python .venv/bin/python install --no-deps --no-build-isolation --editable . \
  && pip --python .venv/bin/python uninstall --yes hatchling packaging pathspec tomlkit trove-classifiers \
  && .venv/bin/python -m compileall -q bot

FROM python:3.13-slim
# Git fetches the content for AFTERWORD_CONTENT=git+https://...
RUN apt-get update \
  && apt-get install -y --no-install-recommends git \
  && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin afterword \
  && install -d -o afterword -g afterword /data
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    AFTERWORD_CONTENT=/content \
    AFTERWORD_DATABASE=/data/afterword.db
USER afterword
WORKDIR /data
VOLUME /data
# A running bot writes the time to the database each minute.
HEALTHCHECK --interval=1m --timeout=15s --start-period=3m --retries=3 \
  CMD ["afterword", "doctor", "--alive"]
# Exec form: SIGTERM reaches Python, which then writes pending events and disconnects.
ENTRYPOINT ["afterword"]
CMD ["run"]
