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
import { init, verifyToken, dispose } from "BUILD";
IMPORT
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

func askingOf(build, imports, wasm string) string {
	return strings.NewReplacer("BUILD", build, "IMPORT", imports, "WASM", wasm).Replace(asking)
}

// madePackage is the folder of @genproof/verify with its dist.
func madePackage(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "verify")
	if err := os.CopyFS(dir, os.DirFS("../js/verify")); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "run", "../js/verify/make", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir
}

// judgesInABrowser serves a folder under a content policy, with a deck's publication beside it, and holds that its
// index.html has the tokens judged, with no violation of the policy.
func judgesInABrowser(t *testing.T, b *browser, what, dir, policy string) {
	t.Helper()
	_, attestations, trust := signedFiles(t, "All cards were looked at.")
	files := map[string]string{"/drop.car": filepath.Join(deck, "drop.car"), "/a.json": attestations[0], "/trust.json": trust}
	site := http.FileServerFS(os.DirFS(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; "+policy)
		if path := files[r.URL.Path]; path != "" {
			http.ServeFile(w, r, path)
			return
		}
		site.ServeHTTP(w, r)
	}))
	defer server.Close()
	p := b.open(t, server.URL+"/", "")
	p.wait(t, `globalThis.said !== undefined`)
	said := eval[[]string](t, p, `said`)
	if len(said) != 2 || !strings.HasPrefix(said[0], "amber | 0x") || !strings.Contains(said[0], "holds: museum approves, curation of deck, signed by ed25519:") || !strings.Contains(said[0], "known to you as Aunt Ada") || !strings.HasPrefix(said[1], "not checked | ") {
		t.Errorf("%s: %q", what, said)
	}
	if v := eval[[]string](t, p, "violations"); len(v) > 0 {
		t.Errorf("%s: violations of the policy: %q", what, v)
	}
}

const (
	policyOfNPM = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"
	indexOfNPM  = `<!DOCTYPE html><title>npm</title><p id="about"></p><script type="module" src="/ask.js"></script>`
)

// Both builds for browsers run under the content policy that README of js/verify asks for.
func TestSlowNPM_RunsInABrowser(t *testing.T) {
	dir := madePackage(t)
	readme := string(read(t, "../js/verify/README.md"))
	if !strings.Contains(readme, policyOfNPM) || !strings.Contains(readme, "`worker-src blob:`") {
		t.Error("README asks for another policy")
	}
	b := startBrowser(t)
	put(t, dir, "index.html", []byte(indexOfNPM))
	for build, row := range map[string]struct{ policy, wasm string }{
		"browser": {policyOfNPM, `await init({ wasm: await bytes("/dist/verify.wasm") });`},
		"inline":  {strings.Replace(policyOfNPM, "worker-src 'self'", "worker-src blob:", 1), "await init();"},
	} {
		put(t, dir, "ask.js", []byte(askingOf("/dist/"+build+".js", "", row.wasm)))
		judgesInABrowser(t, b, build, dir, row.policy)
	}
}

// Vite and webpack find the package's worker and program by themselves, and what they build runs under the same
// content policy.
func TestSlowNPM_RunsFromBundlers(t *testing.T) {
	project, tools := t.TempDir(), t.TempDir()
	run := func(dir, name string, args ...string) {
		t.Helper()
		c := exec.Command(name, args...)
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
		}
	}
	if err := os.CopyFS(tools, os.DirFS("../js/verify/test/bundlers")); err != nil {
		t.Fatal(err)
	}
	run(tools, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	run(madePackage(t), "npm", "pack", "--ignore-scripts", "--pack-destination", project)
	put(t, project, "package.json", []byte(`{"name": "scratch", "private": true, "type": "module"}`))
	run(project, "npm", "install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "./genproof-verify-2.0.0.tgz")
	put(t, project, "main.js", []byte(askingOf("@genproof/verify", `import wasm from "@genproof/verify/wasm";`, "await init({ wasm: await bytes(wasm) });")))
	run(tools, "node", "build.mjs", project)
	b := startBrowser(t)
	for _, bundler := range []string{"vite", "webpack"} {
		judgesInABrowser(t, b, bundler, filepath.Join(project, bundler), policyOfNPM)
	}
}
