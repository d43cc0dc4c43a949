//go:build prover_checks

package page

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// asking is a page's script that has two tokens of a deck judged by a build of @genproof/verify.
const asking = `
import { init, verifyToken, dispose } from "/dist/BUILD.js";
const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
const judge = async () => {
  WASM
  const publication = await bytes("/drop.car");
  const attestations = { "a.json": await bytes("/a.json") }, trust = await bytes("/trust.json");
  const said = [];
  for (const tokenId of ["3", "13"]) said.push(await verifyToken({ publication, tokenId, attestations, trust }));
  dispose();
  return said.map((v) => [v.level, v.document ?? v.reason, ...(v.attested ?? [])].join(" | "));
};
globalThis.said = judge().catch((e) => ["threw " + e]);
`

// Both builds for browsers run under the content policy that README of js/verify asks for.
func TestSlowNPM_RunsInABrowser(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "verify")
	if err := os.CopyFS(dir, os.DirFS("../js/verify")); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "run", "../js/verify/make", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	readme := string(read(t, "../js/verify/README.md"))
	_, attestations, trust := signedFiles(t, "All cards were looked at.")
	files := map[string]string{"/drop.car": filepath.Join(deck, "drop.car"), "/a.json": attestations[0], "/trust.json": trust}
	b := startBrowser(t)
	for build, row := range map[string]struct{ policy, wasm string }{
		"browser": {"script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'", `await init({ wasm: await bytes("/dist/verify.wasm") });`},
		"inline":  {"script-src 'self' 'wasm-unsafe-eval'; worker-src blob:", "await init();"},
	} {
		if policy, _, _ := strings.Cut(row.policy, "; worker-src"); !strings.Contains(readme, policy+"; worker-src 'self'") || !strings.Contains(readme, "worker-src blob:") {
			t.Errorf("README asks for another policy than %s", row.policy)
		}
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Security-Policy", "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; "+row.policy)
			switch path := r.URL.Path; {
			case path == "/":
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				w.Write([]byte(`<!DOCTYPE html><title>npm</title><p id="about"></p><script type="module" src="/ask.js"></script>`))
			case path == "/ask.js":
				w.Header().Set("Content-Type", "text/javascript")
				w.Write([]byte(strings.NewReplacer("BUILD", build, "WASM", row.wasm).Replace(asking)))
			case files[path] != "":
				http.ServeFile(w, r, files[path])
			case strings.HasPrefix(path, "/dist/"):
				http.ServeFile(w, r, filepath.Join(dir, filepath.FromSlash(path)))
			default:
				http.NotFound(w, r)
			}
		}))
		defer server.Close()
		p := b.open(t, server.URL+"/", "")
		p.wait(t, `globalThis.said !== undefined`)
		said := eval[[]string](t, p, `said`)
		if len(said) != 2 || !strings.HasPrefix(said[0], "amber | 0x") || !strings.Contains(said[0], "holds: museum approves, curation of deck, signed by ed25519:") || !strings.Contains(said[0], "known to you as Aunt Ada") || !strings.HasPrefix(said[1], "not checked | ") {
			t.Errorf("%s: %q", build, said)
		}
		if v := eval[[]string](t, p, "violations"); len(v) > 0 {
			t.Errorf("%s: violations of the policy: %q", build, v)
		}
	}
}
