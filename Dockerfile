# genproof in an image without a shell. Nothing has been built with this file yet.
#
# A release names both images by their digests: --build-arg GO=golang@sha256:… --build-arg BASE=…@sha256:…
# Run it with nothing that it does not need:
#
#   docker run --rm --read-only --cap-drop=ALL --security-opt=no-new-privileges --network=none \
#     --tmpfs /tmp --volume "$PWD:/work" --volume genproof-cache:/cache genproof verify out
ARG GO=golang:1.26.8-bookworm
ARG BASE=gcr.io/distroless/static-debian12:nonroot

FROM ${GO} AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download && go mod verify
COPY . .
RUN mkdir -p /empty && bash .ci/build /genproof

FROM ${BASE}
COPY --from=build --chown=65532:65532 /empty /cache
COPY --from=build --chown=0:0 --chmod=0555 /genproof /usr/bin/genproof
USER 65532:65532
ENV XDG_CACHE_HOME=/cache
WORKDIR /work
ENTRYPOINT ["/usr/bin/genproof"]
