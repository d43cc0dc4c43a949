package genproof

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/genproof/genproof/"

// rooms lists, for each room, the rooms below and the foreign modules that its packages
// may import (tests apart). A room may always import itself and the standard library,
// but circuits only the part of it that computes: see impure.
var rooms = map[string]struct{ rooms, modules []string }{
	"circuits":                {nil, []string{"github.com/consensys/gnark/", "github.com/consensys/gnark-crypto/", "golang.org/x/crypto/sha3"}},
	"verifier/internal/point": {nil, []string{"github.com/consensys/gnark-crypto/"}},
	"verifier/key":            {nil, []string{"github.com/consensys/gnark-crypto/"}},
	"verifier/groth16":        {[]string{"verifier/internal/point", "verifier/key"}, []string{"github.com/consensys/gnark-crypto/"}},
	"verifier/plonk":          {[]string{"verifier/internal/point", "verifier/key"}, []string{"github.com/consensys/gnark-crypto/"}},
	"bundle/provenance":       {nil, nil},
	"bundle/strictjson":       {nil, []string{"github.com/consensys/gnark-crypto/"}},
	"bundle/evmnet":           {nil, []string{"github.com/consensys/gnark-crypto/", "golang.org/x/crypto/sha3"}},
	"bundle": {[]string{"bundle/evmnet", "bundle/strictjson", "circuits", "bundle/provenance"},
		[]string{"github.com/consensys/gnark-crypto/", "golang.org/x/crypto/sha3", "golang.org/x/text/unicode/norm"}},
	"attest":             {[]string{"attest/result", "bundle", "bundle/strictjson"}, []string{"github.com/consensys/gnark-crypto/ecc/secp256k1", "golang.org/x/crypto/sha3"}},
	"attest/evidence":    {[]string{"attest", "attest/fact", "attest/result", "attest/log", "bundle", "bundle/strictjson", "files", "ipfs/car", "publication", "verifier"}, []string{"golang.org/x/crypto/sha3"}},
	"attest/fact":        {[]string{"bundle/strictjson"}, []string{"golang.org/x/crypto/sha3"}},
	"attest/fact/gather": {[]string{"attest/fact"}, []string{"github.com/ethereum/go-ethereum/"}},
	"attest/log":         {[]string{"attest", "bundle", "bundle/strictjson", "files"}, nil},
	"attest/result":      {[]string{"bundle"}, nil},
	"verifier":           {[]string{"attest/result", "bundle", "circuits", "verifier/groth16", "verifier/key", "verifier/plonk", "bundle/provenance"}, []string{"github.com/consensys/gnark-crypto/"}},
	"files":              {nil, []string{"github.com/gofrs/flock"}},
	"table":              {[]string{"files"}, nil},
	"drop": {[]string{"bundle", "bundle/evmnet", "drop/onnx", "files", "bundle/strictjson", "circuits", "table"},
		[]string{"github.com/consensys/gnark-crypto/", "cel.dev/", "github.com/goccy/go-yaml", "golang.org/x/sync/errgroup"}},
	"drop/onnx":      {[]string{"circuits"}, []string{"google.golang.org/protobuf/encoding/protowire"}},
	"engine":         {[]string{"bundle", "circuits", "drop", "files", "ipfs", "ipfs/car", "table"}, []string{"github.com/goccy/go-yaml", "golang.org/x/sync/"}},
	"engine/trainer": {[]string{"circuits", "drop/onnx", "files"}, nil},
	"setup/drand":    {[]string{"bundle/evmnet"}, []string{"github.com/consensys/gnark-crypto/"}},
	"setup": {[]string{"bundle/strictjson", "files", "circuits", "setup/drand", "verifier/groth16", "verifier/key", "verifier/plonk", "bundle/provenance"},
		[]string{"github.com/consensys/gnark/", "github.com/consensys/gnark-crypto/", "golang.org/x/crypto/", "golang.org/x/sync/", "golang.org/x/sys/"}},
	"prover": {[]string{"bundle", "files", "circuits", "drop", "setup", "verifier/groth16", "verifier/key", "verifier/plonk"},
		[]string{"github.com/consensys/gnark/", "github.com/consensys/gnark-crypto/", "golang.org/x/sync/"}},
	"solidity": {[]string{"verifier/groth16", "verifier/plonk"}, []string{"github.com/consensys/gnark/", "github.com/consensys/gnark-crypto/", "github.com/ethereum/go-ethereum/"}},
	"chain": {[]string{"bundle", "files", "circuits", "setup/drand", "solidity", "verifier/groth16", "verifier/key", "verifier/plonk", "bundle/provenance"},
		[]string{"github.com/consensys/gnark-crypto/", "github.com/ethereum/go-ethereum", "github.com/holiman/uint256"}},
	"chain/deckcall":       {[]string{"bundle", "verifier/groth16", "verifier/key"}, []string{"github.com/consensys/gnark-crypto/", "golang.org/x/crypto/sha3"}},
	"publication":          {[]string{"attest/result", "bundle", "bundle/provenance", "circuits", "files", "ipfs/car", "verifier", "verifier/key"}, nil},
	"publication/outgoing": {[]string{"attest", "bundle", "circuits", "files", "ipfs/car"}, nil},
	"ipfs/car":             {[]string{"files"}, []string{"github.com/spaolacci/murmur3"}},
	"ipfs":                 {[]string{"files", "ipfs/car"}, []string{"github.com/ipfs/", "github.com/ipld/", "github.com/multiformats/"}},
	"bench": {[]string{"bundle", "files", "chain", "circuits", "drop", "engine", "prover", "setup", "solidity", "verifier", "verifier/groth16", "verifier/key", "verifier/plonk", "bundle/provenance"},
		[]string{"github.com/consensys/gnark/", "github.com/consensys/gnark-crypto/", "github.com/ethereum/go-ethereum", "github.com/google/pprof/", "github.com/wcharczuk/go-chart/", "golang.org/x/sys/"}},
	"page":               {nil, nil},
	"page/site":          {[]string{"attest/result", "bundle", "circuits", "files", "ipfs/car", "publication", "verifier"}, nil},
	"page/web":           {[]string{"files", "page/site"}, nil},
	"js":                 {[]string{"page", "solidity"}, nil},
	"cmd/verify-wasm":    {[]string{"attest", "attest/evidence", "attest/fact", "attest/log", "attest/result", "bundle", "chain/deckcall", "files", "ipfs/car", "publication", "verifier"}, nil},
	"internal/chromium":  {nil, nil},
	"internal/tokenlist": {[]string{"circuits", "internal/console"}, nil},
	"internal/console":   {nil, []string{"github.com/rs/zerolog", "github.com/urfave/cli/v2", "github.com/vbauerster/mpb/v8"}},
	"cmd/genproof-bench": {[]string{"bench", "files", "internal/console", "setup"},
		[]string{"github.com/consensys/gnark/logger", "github.com/urfave/cli/v2"}},
	"cmd/genproof": {[]string{"attest", "attest/fact", "attest/fact/gather", "attest/result", "attest/log", "attest/evidence", "bundle", "bundle/evmnet", "bundle/strictjson", "publication", "publication/outgoing", "files", "chain", "circuits", "drop", "engine", "internal/console", "internal/tokenlist", "ipfs", "ipfs/car", "page", "page/site", "page/web", "prover", "setup", "setup/drand", "solidity", "table", "verifier", "verifier/groth16", "verifier/key", "verifier/plonk", "bundle/provenance"},
		[]string{"filippo.io/age", "github.com/", "golang.org/x/"}},
	"service/message": {[]string{"bundle/strictjson", "circuits"}, []string{"filippo.io/age", "github.com/consensys/gnark-crypto/"}},
	"service/queue":   {[]string{"service/message"}, []string{"github.com/nats-io/", "golang.org/x/sync/errgroup"}},
	"service/state":   {[]string{"files", "service/message"}, nil},
	"service/worker": {[]string{"bundle/provenance", "circuits", "files", "prover", "service/message", "service/queue", "setup"},
		[]string{"github.com/nats-io/nats.go", "github.com/rs/zerolog"}},
	"service": {[]string{"bundle", "circuits", "drop", "files", "prover", "service/message", "service/queue", "service/state", "service/worker", "setup"},
		[]string{"github.com/consensys/gnark-crypto/", "github.com/nats-io/nats.go", "github.com/rs/zerolog"}},
	"service/anchor":    {[]string{"attest", "attest/log", "bundle/strictjson", "files", "service/record"}, nil},
	"service/backup":    {[]string{"attest", "attest/log", "files", "service/vault"}, []string{"filippo.io/age"}},
	"service/cluster":   {[]string{"files"}, nil},
	"service/desk":      {[]string{"page"}, nil},
	"service/record":    {[]string{"attest", "attest/log", "files"}, nil},
	"service/thumbnail": {nil, []string{"golang.org/x/sys/unix"}},
	"service/vault":     {[]string{"files"}, []string{"filippo.io/age"}},
	"service/web": {[]string{"attest", "attest/evidence", "attest/log", "bundle", "circuits", "drop", "engine", "files", "ipfs", "publication/outgoing", "service", "service/anchor", "service/desk", "service/message", "service/record", "service/state", "service/thumbnail", "service/vault", "setup"},
		[]string{"github.com/danielgtaylor/huma/v2", "github.com/go-chi/", "github.com/prometheus/client_golang/", "github.com/rs/zerolog"}},
	"cmd/genproof-studio": {[]string{"attest/log", "bundle", "circuits", "drop", "engine", "files", "internal/console", "internal/tokenlist", "prover", "service", "service/message", "service/queue", "service/state", "service/anchor", "service/backup", "service/cluster", "service/thumbnail", "service/vault", "service/web", "service/worker", "setup"},
		[]string{"filippo.io/age", "github.com/consensys/gnark/logger", "github.com/urfave/cli/v2", "golang.org/x/sys/unix"}},
	// Test code: it may look at its own stack, circuits may not look at it.
	"circuits/internal/circuittest": {[]string{"circuits"}, []string{"github.com/consensys/gnark/", "github.com/consensys/gnark-crypto/"}},
}

// impure are standard packages that would let a circuit depend on where it is compiled.
var impure = []string{"os", "net", "time", "log", "math/rand", "crypto/rand", "syscall", "unsafe", "plugin", "runtime"}

// generation is the whole statement; those who check a proof need only its parts.
const generation = "circuits/generation"

// TestImports_FollowTheArrows holds the direction of imports between rooms.
func TestImports_FollowTheArrows(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		fields := strings.Fields(line)
		path, ours := strings.CutPrefix(fields[0], module)
		if !ours {
			continue // the root package has only tests
		}
		room := roomOf(path)
		rule, known := rooms[room]
		if !known {
			t.Errorf("%s is in no room", path)
			continue
		}
		for _, imported := range fields[1:] {
			if why := refuse(room, rule.rooms, rule.modules, imported); why != "" {
				t.Errorf("%s imports %s: %s", path, imported, why)
			}
		}
	}
}

// roomOf returns the longest room that path is in.
func roomOf(path string) string {
	best := ""
	for room := range rooms {
		if (path == room || strings.HasPrefix(path, room+"/")) && len(room) > len(best) {
			best = room
		}
	}
	return best
}

func refuse(room string, allowed, modules []string, imported string) string {
	if path, ours := strings.CutPrefix(imported, module); ours {
		other := roomOf(path)
		switch {
		case other != room && !slices.Contains(allowed, other):
			return "no arrow from " + room + " to " + other
		case path == generation && (room == "bundle" || room == "verifier" || room == "publication"):
			return "who checks proofs does not need the circuits"
		}
		return ""
	}
	if !strings.Contains(strings.Split(imported, "/")[0], ".") { // the standard library
		for _, bad := range impure {
			if room == "circuits" && (imported == bad || strings.HasPrefix(imported, bad+"/")) {
				return "circuits do not depend on where they are compiled"
			}
		}
		return ""
	}
	for _, m := range modules {
		if strings.HasPrefix(imported, m) {
			return ""
		}
	}
	return "a module that room " + room + " does without"
}
