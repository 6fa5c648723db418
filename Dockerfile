# Trinvis as a container: built from the locks, every package checked against its hash; runs as nobody in particular.
ARG PYTHON=python:3.11.15-slim-trixie

FROM ${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1
WORKDIR /source
RUN python -m venv /opt/trinvis && python -m venv /opt/builder
COPY requirements.lock requirements-build.lock ./
RUN /opt/trinvis/bin/python -m pip install --require-hashes --only-binary :all: --requirement requirements.lock \
    && /opt/builder/bin/python -m pip install --require-hashes --only-binary :all: --requirement requirements-build.lock
COPY . .
RUN /opt/builder/bin/python -m hatchling build --target wheel --directory /wheel \
    && /opt/trinvis/bin/python -m pip install --no-deps --no-index /wheel/*.whl \
    && /opt/trinvis/bin/python -m compileall -q /opt/trinvis/lib

FROM ${PYTHON}
# The folders are made here, so that the volumes mounted over them belong to the account from the start.
RUN groupadd --gid 10001 trinvis \
    && useradd --uid 10001 --gid trinvis --no-create-home --home-dir /var/lib/trinvis --shell /usr/sbin/nologin trinvis \
    && install --directory --owner trinvis --group trinvis --mode 0700 \
        /var/lib/trinvis /var/lib/trinvis/keys /var/lib/trinvis/outbox
COPY --from=build /opt/trinvis /opt/trinvis
COPY programmes /opt/programmes/programmes
ENV PATH=/opt/trinvis/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 TRINVIS_STATE=/var/lib/trinvis
# What ships with the release lies below, for: trinvis programmes publish programmes/*/v*.yaml
WORKDIR /opt/programmes
USER 10001:10001
CMD ["trinvis", "--help"]
