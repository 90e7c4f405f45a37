# The proxy: Caddy without the right to low ports and without root, which the official image leaves to us.
FROM caddy:2.11.4-alpine
RUN setcap -r /usr/bin/caddy \
    && addgroup -g 10002 proxy \
    && adduser -D -H -u 10002 -G proxy proxy \
    && chown -R proxy:proxy /data /config
COPY deploy/Caddyfile /etc/caddy/Caddyfile
USER proxy
