# Asterisk 22 of Debian testing with the configuration of asterisk/. Build it from the root of the clone.
FROM debian:forky-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        asterisk \
        asterisk-core-sounds-ru-gsm \
        asterisk-moh-opsound-gsm \
        espeak-ng \
        python3-minimal \
        libpython3-stdlib \
    && rm -rf /var/lib/apt/lists/* /etc/asterisk \
    && install -d -o asterisk -g asterisk /etc/asterisk /var/run/asterisk \
        /var/log/asterisk/cel-custom /var/log/asterisk/cdr-csv

COPY asterisk /opt/gov-hotline/asterisk
COPY runtime /opt/gov-hotline/runtime
COPY voice /opt/gov-hotline/voice
COPY docker/pbx.sh /opt/gov-hotline/docker/

USER asterisk
ENV PYTHONDONTWRITEBYTECODE=1
CMD ["bash", "/opt/gov-hotline/docker/pbx.sh"]
