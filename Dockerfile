# Builds one static binary and ships it alone.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/dateline ./cmd/dateline \
 && mkdir -p /out/data /out/inbox /out/access /out/tmp

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/dateline /usr/bin/dateline
# Volumes take the owner of the folder that they are mounted over.
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/inbox /inbox
COPY --from=build --chown=65532:65532 /out/access /access
COPY --from=build --chown=65532:65532 /out/tmp /tmp
USER 65532:65532
ENV HOME=/data DATELINE_DATA=/data DATELINE_HEALTH=127.0.0.1:8081
EXPOSE 8080
VOLUME ["/data"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["/usr/bin/dateline", "health", "http://127.0.0.1:8081"]
ENTRYPOINT ["/usr/bin/dateline"]
CMD ["run"]
