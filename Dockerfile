# syntax=docker/dockerfile:1
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /jobsieve ./cmd/jobsieve
RUN mkdir -p /data /etc/jobsieve

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip
COPY --from=build /jobsieve /usr/local/bin/jobsieve
# A new volume mounted at /data takes its owner from here.
COPY --from=build --chown=65532:65532 /data /data
COPY --from=build --chown=65532:65532 /etc/jobsieve /etc/jobsieve
ENV PATH=/usr/local/bin ZONEINFO=/zoneinfo.zip JOBSIEVE_DATA=/data JOBSIEVE_CONFIG=/etc/jobsieve/jobsieve.yaml
USER 65532:65532
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["jobsieve", "health"]
ENTRYPOINT ["jobsieve"]
CMD ["serve"]
