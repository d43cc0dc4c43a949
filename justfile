# Recipes of the house. Those of the first group are the steps of .ci/run, which decides what lands.

# everything that decides whether a change lands
ci:
    bash .ci/run

style:
    bash .ci/run style

# what README promises
test:
    bash .ci/run tests

wasm:
    bash .ci/run wasm

contracts:
    bash .ci/run contracts

demo:
    bash .ci/run demo

peers:
    bash .ci/run peers

slower:
    bash .ci/run slower

# the quick loop: solver-level tests of the gadgets and whatever else takes seconds
quick:
    go test ./circuits/... ./bundle/... ./files ./publication ./verifier/... ./drop

# what is too long for every change; its last run stands in CONTRIBUTING.md
slow:
    go test ./setup -run '^$' -bench Develop -benchtime 3x -timeout 2h
    go test ./setup/ceremony -run '^$' -bench InitCircuit -benchtime 3x -timeout 2h
    go test -tags prover_checks ./setup/ptau -run '^$' -bench Init -benchtime 3x -timeout 2h
    go test -tags prover_checks ./cmd/genproof-studio ./service/... ./cmd/verify-wasm ./js/verify/make ./drop ./engine/trainer -run Long -timeout 2h -v
    cd bench/peers && go test -tags prover_checks -run 'Slow' -timeout 2h ./...
    go test ./circuits/sha256 -run '^$' -fuzz FuzzHasher_ -fuzztime 10m
    go test ./ipfs -run '^$' -fuzz 'FuzzReadCAR$' -fuzztime 10m
    go test ./ipfs -run '^$' -fuzz FuzzReadCAR_RightHashes -fuzztime 10m
    go test ./bundle -run '^$' -fuzz 'FuzzUnmarshal$' -fuzztime 10m
    go test ./verifier/groth16/anykey -run '^$' -fuzz FuzzRead -fuzztime 10m -fuzzminimizetime 5x
    go test ./chain/verifiercode -run '^$' -fuzz FuzzRead -fuzztime 10m -fuzzminimizetime 5x
    go test ./circuits/picture -run '^$' -fuzz FuzzDecode -fuzztime 10m
    go test ./attest/fact -run '^$' -fuzz FuzzParse -fuzztime 10m
    go test ./service/message -run '^$' -fuzz FuzzDecodeBatch -fuzztime 10m
    go test ./service/message -run '^$' -fuzz FuzzDecodeVector -fuzztime 10m

# rows left out, each alone: all of the small circuits without SHA-256 and of two blocks of it, some of the others
deletion:
    go test -tags prover_checks ./circuits/internal/unique -run EveryDeletion -timeout 6h

# Go bindings of the contracts, after `npm run artifacts`
generate:
    cd solidity && npm ci --no-audit --no-fund && npm run artifacts
    go generate ./solidity/bindings

# dist/verifier.html and dist/verifier-online.html, the verifier in one file, and their SHA-256: assets of every release
page:
    mkdir -p dist
    go run ./page/make dist

# js/verify/dist, the files of the package @genproof/verify
js:
    go run ./js/verify/make js/verify

# release/, what a release has besides its programs: verify.wasm, pages, npm's tarballs
assets:
    bash .ci/assets release

# dist/genproof with verifier.html in it, for genproof page
whole:
    bash .ci/build dist/genproof

# testdata/published, a sample drop's three tokens that tests and examples read; publication's
# tests name its documents' CIDs
published:
    #!/usr/bin/env bash
    set -euo pipefail
    tmp=$(mktemp -d)
    trap 'rm -rf "$tmp"' EXIT
    go build -o "$tmp/genproof" ./cmd/genproof
    (cd "$tmp" && ./genproof init foxes && cd foxes && ../genproof setup && ../genproof prove --tokens 1-3 && ../genproof verify out)
    rm -rf testdata/published && mkdir testdata/published
    cp -r "$tmp"/foxes/out/{bundles,documents,drop.car,drop.json,policy.cel,verifying.key} testdata/published/
    ls testdata/published/documents

# testdata/deck, a sample deck's twelve cards with their images
deck:
    #!/usr/bin/env bash
    set -euo pipefail
    tmp=$(mktemp -d)
    trap 'rm -rf "$tmp"' EXIT
    go build -o "$tmp/genproof" ./cmd/genproof
    "$tmp/genproof" import engine/testdata/hashlips --out "$tmp/moths" --hidden engine/testdata/hidden/claims.csv
    cp testdata/deck/policy.cel "$tmp/moths/"
    (cd "$tmp/moths" && ../genproof setup deck/small && ../genproof prove && ../genproof verify out)
    rm -rf testdata/deck && mkdir testdata/deck
    cp -r "$tmp"/moths/out/{batches,cards,documents,images,drop.car,drop.json,policy.cel,verifying.key} testdata/deck/

# testdata/shown, claims about a card of another deck and disclosures of it
shown:
    #!/usr/bin/env bash
    set -euo pipefail
    tmp=$(mktemp -d)
    trap 'rm -rf "$tmp"' EXIT
    go build -o "$tmp/genproof" ./cmd/genproof
    "$tmp/genproof" import engine/testdata/hashlips --out "$tmp/moths" --hidden engine/testdata/hidden/claims.csv
    cp testdata/deck/policy.cel "$tmp/moths/"
    cd "$tmp/moths"
    ../genproof setup deck/small
    ../genproof setup rule/deck/small
    ../genproof prove
    challenge=0x$(printf '5a%.0s' {1..32})
    ../genproof claim --card 1 --rule 'claim.safety >= 0.8' --audience museum.example --challenge "$challenge" --expires 2999-12-31T23:59:59Z --out out/claim.json
    ../genproof claim --card 1 --rule 'claim.safety >= 0.8' --expires 2001-01-01T00:00:00Z --out out/late.json
    ../genproof claim --card 1 --rule 'claim.safety >= 0.8' --chain-id 18446744073709551615 --contract 0xd8da6bf26964af9d7eed9e03e53415d37aa96045 --token 18446744073709551614 --out out/token.json
    ../genproof disclose --card 1 --show licence,safety --out out/card.json
    cd - && rm -rf testdata/shown && mkdir testdata/shown
    cp "$tmp"/moths/out/{drop.json,drop.car,claim.json,late.json,token.json,card.json} testdata/shown/
    chmod 644 testdata/shown/*
