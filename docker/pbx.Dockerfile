# Asterisk 22 of Debian testing with the configuration of asterisk/, and the voice of its menu (target
# "voice"). Build them from the root of the clone.
FROM debian:forky-slim AS pbx

# The group "hotline" is that of the connector's container, too: it reads the logs, fetches recordings
# and takes them away.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        asterisk \
        asterisk-core-sounds-ru-gsm \
        asterisk-moh-opsound-gsm \
        espeak-ng \
        python3-minimal \
        libpython3-stdlib \
    && rm -rf /var/lib/apt/lists/* /etc/asterisk \
    && groupadd --gid 5038 hotline \
    && usermod --append --groups hotline asterisk \
    && install -d -o asterisk -g asterisk /etc/asterisk /var/run/asterisk \
    && install -d -o asterisk -g hotline -m 2775 /var/spool/asterisk/monitor \
        /var/log/asterisk /var/log/asterisk/cel-custom /var/log/asterisk/cdr-csv

COPY asterisk /opt/gov-hotline/asterisk
COPY runtime /opt/gov-hotline/runtime
COPY voice /opt/gov-hotline/voice
COPY docker/pbx.sh docker/voice.sh /opt/gov-hotline/docker/

USER asterisk
ENV PYTHONDONTWRITEBYTECODE=1
CMD ["bash", "/opt/gov-hotline/docker/pbx.sh"]

# The same user and programmes, and what hears spoken digits.
FROM pbx AS voice
USER root
COPY requirements/voice.txt /opt/gov-hotline/requirements/
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3-venv \
    && rm -rf /var/lib/apt/lists/* \
    && python3 -m venv /opt/gov-hotline/hears \
    && /opt/gov-hotline/hears/bin/pip install --no-cache-dir --no-deps \
        -r /opt/gov-hotline/requirements/voice.txt
USER asterisk
CMD ["bash", "/opt/gov-hotline/docker/voice.sh"]
