package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/service/state"
	"github.com/genproof/genproof/service/web"
)

// matrix says which scopes of a drop's own tenant may take a route; "" is everybody.
var matrix = map[string]string{
	"GET /":                                       "",
	"GET /v1/me":                                  "author curator auditor",
	"GET /v1/health":                              "",
	"GET /v1/ready":                               "",
	"POST /v1/drops":                              "author",
	"GET /v1/drops":                               "author curator auditor",
	"GET /v1/drops/{drop}":                        "author curator auditor",
	"PUT /v1/drops/{drop}/source/{file}":          "author",
	"POST /v1/drops/{drop}/import":                "author",
	"PUT /v1/drops/{drop}/policy":                 "author",
	"GET /v1/drops/{drop}/check":                  "author curator",
	"GET /v1/drops/{drop}/source":                 "author",
	"GET /v1/drops/{drop}/cards":                  "author curator",
	"GET /v1/drops/{drop}/cards/{card}/thumbnail": "author curator",
	"POST /v1/drops/{drop}/approvals":             "curator",
	"GET /v1/drops/{drop}/approvals":              "author curator auditor",
	"GET /v1/drops/{drop}/cost":                   "author curator",
	"GET /v1/drops/{drop}/car":                    "author curator auditor",
	"GET /v1/drops/{drop}/log":                    "author curator auditor",
	"GET /v1/drops/{drop}/evidence":               "author curator auditor",
	"PUT /v1/drops/{drop}/hold":                   "auditor",
	"POST /v1/drops/{drop}/forget":                "author",
	"POST /v1/drops/{drop}/proofs":                "author",
	"GET /v1/drops/{drop}/progress":               "author curator auditor",
	"GET /v1/drops/{drop}/publication":            "author curator auditor",
	"GET /v1/drops/{drop}/publication/{file}":     "author curator auditor",
}

// Every route that the OpenAPI file has is tried by everybody: those without a good token, those of
// another scope, those of another tenant, for whom there is no such drop, and those with tokens that name this
// drop, or another one of the same tenant.
func TestRoutes_AreForWhomTheyAreFor(t *testing.T) {
	r := newRig(t, 100_000)
	id, other := r.begin(), r.begin()
	for _, scope := range state.Scopes() {
		r.tokenOf("named "+string(scope), state.Grant{Tenant: "ours", Scope: scope, Drops: []string{id}})
		r.tokenOf("other "+string(scope), state.Grant{Tenant: "ours", Scope: scope, Drops: []string{other}})
		r.tokenOf("thief "+string(scope), state.Grant{Tenant: "theirs", Scope: scope, Drops: []string{id}})
	}
	expired, revoked := "expired", "revoked"
	r.tokens["garbage"] = "gpr_" + strings.Repeat("0", 72)
	if err := r.studio.State.Revoke(t.Context(), r.token(revoked, "ours", state.Author).ID); err != nil {
		t.Fatal(err)
	}
	secret, _, err := r.studio.State.NewToken(t.Context(), state.Grant{Tenant: "ours", Scope: state.Author, Label: expired, Lifetime: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	r.tokens[expired] = secret
	bodies := map[string]string{
		"POST /v1/drops": `{"name": "x"}`, "POST /v1/drops/{drop}/import": `{"home": "none"}`, "PUT /v1/drops/{drop}/policy": `{"policy": "true"}`, "POST /v1/drops/{drop}/proofs": `{}`,
		"PUT /v1/drops/{drop}/source/{file}": "x", "PUT /v1/drops/{drop}/hold": `{"hold": false}`, "POST /v1/drops/{drop}/forget": `{"name": "x"}`, "POST /v1/drops/{drop}/approvals": `{"verdict": "approved", "cards": [{"card": 0, "document_sha256": "` + strings.Repeat("0", 64) + `"}]}`,
	}
	seen := 0
	for path, item := range r.web.OpenAPI().Paths {
		for method, op := range map[string]any{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "DELETE": item.Delete, "PATCH": item.Patch, "HEAD": item.Head, "OPTIONS": item.Options} {
			if fmt.Sprint(op) == "<nil>" {
				continue
			}
			route := method + " " + path
			allowed, known := matrix[route]
			if !known {
				t.Errorf("%s has no row in the matrix", route)
				continue
			}
			seen++
			at := strings.NewReplacer("{drop}", id, "{file}", "0.json", "{card}", "0").Replace(path)
			try := func(name string) int {
				return r.do(name, method, at, bodies[route], map[string]string{"Content-SHA256": strings.Repeat("0", 64)}).status
			}
			for _, name := range []string{"nobody", "garbage", expired, revoked} {
				if status := try(name); allowed != "" && status != 401 || allowed == "" && status != 200 {
					t.Errorf("%s: %s gets %d", route, name, status)
				}
			}
			for _, scope := range state.Scopes() {
				may := allowed == "" || strings.Contains(allowed, string(scope))
				if status := try("ours " + string(scope)); (status == 401 || status == 403 || status == 404 && !strings.Contains(path, "{file}")) == may {
					t.Errorf("%s: our %s gets %d", route, scope, status)
				}
				want := map[bool]int{true: 404, false: 403}[may]
				for _, who := range []string{"theirs ", "other ", "thief "} {
					if status := try(who + string(scope)); strings.Contains(path, "{drop}") && status != want {
						t.Errorf("%s: %s%s gets %d, want %d", route, who, scope, status, want)
					}
				}
				if ours, named := try("ours "+string(scope)), try("named "+string(scope)); route == "POST /v1/drops" && named != 403 || route != "POST /v1/drops" && named != ours {
					t.Errorf("%s: the %s of this drop gets %d, one of all drops %d", route, scope, named, ours)
				}
			}
		}
	}
	if seen != len(matrix) {
		t.Errorf("%d routes, and %d rows", seen, len(matrix))
	}
	theirs, none := r.do("theirs author", "GET", "/v1/drops/"+id, "", nil), r.do("theirs author", "GET", "/v1/drops/"+strings.Repeat("0", 32), "", nil)
	if theirs.body != none.body {
		t.Errorf("a foreign drop is told from none: %s, %s", theirs.body, none.body)
	}
	if list := r.expect(200, "theirs author", "GET", "/v1/drops", "", nil).body; strings.Contains(list, id) {
		t.Error("a foreign drop is listed")
	}
	if theirs, none := r.do("other author", "GET", "/v1/drops/"+id, "", nil), r.do("other author", "GET", "/v1/drops/"+strings.Repeat("0", 32), "", nil); theirs.body != none.body {
		t.Errorf("a drop that is not named is told from none: %s, %s", theirs.body, none.body)
	}
	for name, want := range map[string][2]bool{"ours author": {true, true}, "named author": {true, false}, "other curator": {false, true}, "thief auditor": {false, false}} {
		if list := r.expect(200, name, "GET", "/v1/drops", "", nil).body; strings.Contains(list, id) != want[0] || strings.Contains(list, other) != want[1] {
			t.Errorf("%s is shown %s", name, list)
		}
	}
	if dir := filepath.Join(r.dir, "drops"); web.HasDrop(dir, "ours", id) != nil || web.HasDrop(dir, "theirs", id) == nil {
		t.Error("whose the drop is")
	}
	if me := r.expect(200, "named author", "GET", "/v1/me", "", nil).body; !strings.Contains(me, id) {
		t.Errorf("me: %s", me)
	}
	r.measurements("ours auditor", 200)
	r.measurements("named auditor", 403)
	for name, secret := range r.tokens {
		if strings.Contains(r.log.String(), secret) {
			t.Errorf("the log holds the token of %s", name)
		}
	}
}

// Requests that pages of other origins make, names that the server is not called by, and what is
// too much, are refused.
func TestRequests_OfOthersAreRefused(t *testing.T) {
	r := newRig(t, 40)
	for _, tc := range []struct {
		name   string
		header map[string]string
		want   int
	}{
		{"another host", map[string]string{"Host": "evil.example"}, 421},
		{"a rebound name", map[string]string{"Host": "evil.example:80"}, 421},
		{"a foreign origin", map[string]string{"Origin": "https://evil.example"}, 403},
		{"no origin's", map[string]string{"Origin": "null"}, 403},
		{"a cross-site fetch", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"a same-site fetch", map[string]string{"Sec-Fetch-Site": "same-site"}, 403},
		{"its own page", map[string]string{"Sec-Fetch-Site": "same-origin"}, 201},
	} {
		got := r.do("ours author", "POST", "/v1/drops", `{"name": "x"}`, tc.header)
		if got.status != tc.want {
			t.Errorf("%s: %d, want %d", tc.name, got.status, tc.want)
		}
		if got.header.Get("Access-Control-Allow-Origin") != "" || got.header.Get("X-Content-Type-Options") != "nosniff" || len(got.header.Get("X-Request-Id")) != 32 {
			t.Errorf("%s: headers %v", tc.name, got.header)
		}
	}
	if got := r.do("ours author", "POST", "/v1/drops", `{"name": "`+strings.Repeat("x", 70_000)+`"}`, nil); got.status != 413 {
		t.Errorf("a large body: %d", got.status)
	}
	if got := r.do("ours author", "POST", "/v1/drops?token="+r.tokens["ours author"], `{"name": "x"}`, nil); got.status != 422 {
		t.Errorf("a parameter that there is not: %d", got.status)
	}
	limited := false
	for range 60 {
		limited = limited || r.do("theirs author", "GET", "/v1/drops", "", nil).status == 429
	}
	if !limited || r.do("theirs auditor", "GET", "/v1/drops", "", nil).status != 200 {
		t.Error("a token is not limited, or another one with it")
	}
}

func TestKeys_OfIdempotencyAnswerOnce(t *testing.T) {
	r := newRig(t, 10_000)
	key := map[string]string{"Idempotency-Key": "k"}
	first := r.expect(201, "ours author", "POST", "/v1/drops", `{"name": "a"}`, key)
	if again := r.expect(201, "ours author", "POST", "/v1/drops", `{"name": "a"}`, key); again.body != first.body {
		t.Errorf("%s, %s", first.body, again.body)
	}
	r.expect(422, "ours author", "POST", "/v1/drops", `{"name": "b"}`, key)
	if other := r.expect(201, "theirs author", "POST", "/v1/drops", `{"name": "a"}`, key); other.body == first.body {
		t.Error("another token's key is ours")
	}
}

func TestUpload_RefusesNames(t *testing.T) {
	r := newRig(t, 10_000)
	id := r.begin()
	sum := sha256.Sum256([]byte("x"))
	right := map[string]string{"Content-SHA256": hex.EncodeToString(sum[:]), "Content-Type": "application/octet-stream"}
	for _, name := range []string{"..%2f0.json", "%2e%2e%2fdrop.json", "drop.json", "0.svg", "0.html", "a.json", "0.json%00", ".0.json", "00000000.json", "CON", "0.JSON"} {
		if got := r.do("ours author", "PUT", "/v1/drops/"+id+"/source/"+name, "x", right); got.status/100 != 4 {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	r.expect(422, "ours author", "PUT", "/v1/drops/"+id+"/source/0.json", "y", right)
	entries, err := os.ReadDir(filepath.Join(r.dir, "drops", id, "source"))
	if err != nil || len(entries) != 0 {
		t.Errorf("%v, %v", entries, err)
	}
	r.expect(409, "ours author", "GET", "/v1/drops/"+id+"/check", "", nil)
	r.expect(404, "ours author", "GET", "/v1/drops/"+id+"/publication/..%2Fdrop.json", "", nil)
}

// A collection is uploaded, imported, checked and proven; what comes back is a publication that
// holds, and what it hides is in no answer, log or measurement.
func TestDrop_IsProven(t *testing.T) {
	r := newRig(t, 10_000)
	r.prover()
	const canary = "CANARY-c0ffee-licence"
	id := r.begin()
	drops := "/v1/drops/" + id
	claims := "card,licence\n"
	for i := range 12 {
		r.upload(id, fmt.Sprintf("%d.json", i), fmt.Sprintf(`{"name": "Fox #%d", "attributes": [{"trait_type": "Eyes", "value": "%s"}]}`, i, []string{"Laser", "Bored"}[i%2]))
		claims += fmt.Sprintf("%d,%s-%d\n", i, canary, i)
	}
	r.upload(id, "claims.csv", claims)
	var answers strings.Builder
	answers.WriteString(r.expect(204, "ours author", "POST", drops+"/import", `{"home": "none"}`, nil).body)
	r.expect(204, "ours author", "PUT", drops+"/policy", `{"policy": "trait.Eyes == \"Laser\""}`, nil)
	answers.WriteString(r.expect(200, "ours curator", "GET", drops+"/check", "", nil).body)
	if !strings.Contains(answers.String(), `"provable":false`) {
		t.Errorf("half of the cards break the rule: %s", answers.String())
	}
	r.expect(204, "ours author", "PUT", drops+"/policy", `{"policy": "// name: everything\ntrue"}`, nil)
	key := map[string]string{"Idempotency-Key": "go"}
	r.expect(202, "ours author", "POST", drops+"/proofs", `{}`, key)
	r.expect(202, "ours author", "POST", drops+"/proofs", `{}`, key)
	stream := r.expect(200, "ours auditor", "GET", drops+"/progress", "", nil).body
	answers.WriteString(stream)
	lines := strings.Split(strings.TrimSpace(stream), "\n")
	if last := lines[len(lines)-1]; !strings.Contains(last, `"status":"done","done":3,"total":3`) {
		t.Fatalf("it ends with %s\n%s", last, r.log.String())
	}
	out := r.fetch(drops, &answers)
	p, err := publication.Open(out, publication.Trust{Compiler: drop.Compiler{}})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	verdict, err := p.JudgeDeck(t.Context(), nil)
	if err != nil || !verdict.Counts.Complete || verdict.Counts.Holding != 12 {
		t.Errorf("%+v, %v", verdict, err)
	}
	metrics := r.measurements("ours auditor", 200)
	if !strings.Contains(metrics, "genproof_batches_proven_total 3") {
		t.Errorf("measurements: %s", metrics)
	}
	for _, secret := range []string{canary, id} {
		if strings.Contains(metrics, secret) {
			t.Errorf("measurements hold %s", secret)
		}
	}
	if strings.Contains(answers.String()+r.log.String(), canary) {
		t.Error("an answer or the log holds what is hidden")
	}
}

// fetch downloads a publication.
func (r *rig) fetch(drops string, answers *strings.Builder) string {
	r.t.Helper()
	var list struct{ Files []string }
	if err := json.Unmarshal([]byte(r.expect(200, "ours author", "GET", drops+"/publication", "", nil).body), &list); err != nil || len(list.Files) < 20 {
		r.t.Fatal(len(list.Files), err)
	}
	out := r.t.TempDir()
	for _, name := range list.Files {
		got := r.expect(200, "ours author", "GET", drops+"/publication/"+url.PathEscape(name), "", nil)
		if !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") {
			r.t.Errorf("%s is shown", name)
		}
		answers.WriteString(got.body)
		path := filepath.Join(out, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			r.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got.body), 0o644); err != nil {
			r.t.Fatal(err)
		}
	}
	return out
}
