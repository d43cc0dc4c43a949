package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs/car"
)

func TestInit_WritesAPrivateDrop(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "foxes")
	r := succeed(t, "init", dir, "--template", "nebula", "--json")
	if got := decode[map[string]string](t, r); got["folder"] != dir || got["template"] != "nebula" {
		t.Errorf("report %v", got)
	}
	info, err := os.Stat(filepath.Join(dir, "secrets.yaml"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("secrets.yaml: %v, %v", info, err)
	}
	before := filesOf(t, dir)
	complains(t, console.ExitTrouble, "exist", "init", dir)
	if !maps.EqualFunc(before, filesOf(t, dir), func(a, b []byte) bool { return string(a) == string(b) }) {
		t.Error("a second init changed the drop")
	}
	complains(t, console.ExitTrouble, "no template", "init", dir+"2", "--template", "../foxes")
}

func TestCircuits_JSON(t *testing.T) {
	r := succeed(t, "circuits", "root/small", "root/standard", "--json")
	list := decode[[]map[string]any](t, r)
	want := []string{"binding", "commitments", "constraints", "digest", "domain", "id", "public_inputs", "room", "size"}
	for _, c := range list {
		if got := slices.Sorted(maps.Keys(c)); !slices.Equal(got, want) {
			t.Errorf("keys %v, want %v", got, want)
		}
		if c["public_inputs"] != 9.0 || c["commitments"] != 0.0 || c["binding"] != "root" || c["constraints"].(float64) > c["domain"].(float64) || len(c["digest"].(string)) != 64 {
			t.Errorf("circuit %v", c)
		}
	}
	if len(list) != 2 || list[0]["id"] != "root/small" || list[1]["size"] != "standard" {
		t.Errorf("circuits %v", list)
	}
	if table := succeed(t, "circuits", "root/small").stdout; !strings.Contains(table, "CONSTRAINTS") || !strings.Contains(table, "root/small") {
		t.Errorf("table %s", table)
	}
	if room := list[1]["room"].(map[string]any); room["layers"] != 8.0 || room["claims"] != 8.0 || room["facts"] != 4.0 || room["literals"] != 32.0 || room["cards"] != nil {
		t.Errorf("room %v", room)
	}
}

func TestSetup_ReusesAndMarksKeys(t *testing.T) {
	dir := newDrop(t)
	r := succeed(t, "setup", "--drop", dir, "--keys", keys(t), "--json")
	list := decode[[]setupReport](t, r)
	if len(list) != 1 || list[0].Circuit != "root/small" || !list[0].Reused || list[0].Provenance != "unsafe-development" {
		t.Errorf("report %+v", list)
	}
	if text := succeed(t, "setup", "root/small", "--keys", keys(t)).stdout; !strings.Contains(text, "UNSAFE") {
		t.Errorf("an unsafe key is not called so: %s", text)
	}
	complains(t, console.ExitTrouble, "no circuit is named", "setup", "--drop", t.TempDir(), "--keys", keys(t))
}

func TestSetup_DamagedKeysAreNamedAndForced(t *testing.T) {
	store := filepath.Join(t.TempDir(), "keys")
	if err := os.CopyFS(store, os.DirFS(keys(t))); err != nil {
		t.Fatal(err)
	}
	good := decode[[]setupReport](t, succeed(t, "setup", "root/small", "--keys", store, "--json"))
	vk := filepath.Join(good[0].Folder, "vk")
	data := read(t, vk)
	data[100] ^= 1
	if err := os.Chmod(vk, 0o600); err != nil {
		t.Fatal(err)
	}
	write(t, vk, string(data))
	complains(t, console.ExitTrouble, vk, "setup", "root/small", "--keys", store)
	complains(t, console.ExitTrouble, "damaged", "prove", "--drop", newDrop(t), "--tokens", "1", "--keys", store)
	list := decode[[]setupReport](t, succeed(t, "setup", "root/small", "--keys", store, "--force", "--json"))
	if list[0].Reused {
		t.Error("forced keys are called reused")
	}
}

func TestCommit_ShowsFiveCommitmentsAndTheBeacon(t *testing.T) {
	dir := newDrop(t)
	r := decode[commitReport](t, succeed(t, "commit", "--drop", dir, "--json"))
	seen := map[string]bool{}
	for _, c := range []string{r.Commitments.Model, r.Commitments.Policy, r.Commitments.Template, r.Commitments.Authority, r.Commitments.Seeds, r.Beacon.Value} {
		if len(c) != 66 || !strings.HasPrefix(c, "0x") || seen[c] {
			t.Errorf("commitment %q", c)
		}
		seen[c] = true
	}
	if !r.Beacon.SelfChosen || !r.Authority.SelfAsserted {
		t.Errorf("report %+v", r)
	}
	text := succeed(t, "commit", "--drop", dir).stdout
	for _, want := range []string{r.Commitments.Model, r.Commitments.Seeds, r.Beacon.Value, "SELF-CHOSEN BEACON", "SELF-ASSERTED CLAIMS"} {
		if !strings.Contains(text, want) {
			t.Errorf("commit does not show %q: %s", want, text)
		}
	}
	if again := decode[commitReport](t, succeed(t, "commit", "--drop", dir, "--json")); again != r {
		t.Errorf("two commits differ: %+v, %+v", r, again)
	}
}

func TestCommit_WritesTheDescription(t *testing.T) {
	dir := provenDrop(t)
	file := filepath.Join(t.TempDir(), "drop.json")
	succeed(t, "commit", "--drop", dir, "--keys", keys(t), "--out", file)
	if string(read(t, file)) != string(read(t, dir, "out", "drop.json")) {
		t.Error("commit writes another description than prove")
	}
	complains(t, console.ExitTrouble, "genproof setup", "commit", "--drop", dir, "--keys", t.TempDir(), "--out", file+"2")
	if _, err := os.Stat(file + "2"); err == nil {
		t.Error("a failed run left its file")
	}
}

func TestProve_NeedsKeys(t *testing.T) {
	dir := newDrop(t)
	complains(t, console.ExitTrouble, "hint: genproof setup root/small", "prove", "--drop", dir, "--tokens", "1", "--keys", t.TempDir())
	if _, err := os.Stat(filepath.Join(dir, "out")); err == nil {
		t.Error("a failed run left its folder")
	}
}

func TestProve_NamesTheRuleBeforeProving(t *testing.T) {
	dir := newDrop(t)
	replace(t, filepath.Join(dir, "claims.yaml"), "tokens:", "tokens:\n  3: {safety: 0.12}")
	complains(t, console.ExitTrouble, `token 3 breaks the policy's rule "safe"`, "prove", "--drop", dir, "--tokens", "1-5", "--keys", keys(t))
	if _, err := os.Stat(filepath.Join(dir, "out")); err == nil {
		t.Error("files were written")
	}
	replace(t, filepath.Join(dir, "claims.yaml"), "tokens:", "tokens:\n  4: {license: stolen}\n  5: {safety: 0.5}")
	complains(t, console.ExitTrouble, `3 of 5 tokens break the policy; rule "safe": 3, 5; rule "licensed": 4`, "prove", "--drop", dir, "--tokens", "1-5", "--keys", keys(t))
	r := decode[tokenCheckReport](t, expect(t, console.ExitRejected, "check", "--drop", dir, "--tokens", "1-5", "--json"))
	if r.Verdict != "refused" || len(r.Refusals) != 2 || len(r.Refusals[0].Tokens) != 2 {
		t.Errorf("check %+v", r)
	}
	if out := expect(t, console.ExitRejected, "check", "--drop", dir, "--tokens", "1-5"); strings.Contains(out.stdout, "0.12") || !strings.Contains(out.stdout, `2 tokens: breaks "safe": 3, 5`) {
		t.Errorf("check says %s", out.stdout)
	}
	if r := decode[tokenCheckReport](t, succeed(t, "check", "--drop", dir, "--tokens", "1-2", "--json")); r.Verdict != "provable" || r.Tokens != 2 {
		t.Errorf("check %+v", r)
	}
	proven := decode[proveReport](t, succeed(t, "prove", "--drop", dir, "--tokens", "2-5", "--skip-refused", "--keys", keys(t), "--json"))
	if proven.Proven != 1 || len(proven.Refused) != 2 {
		t.Errorf("proven %+v", proven)
	}
}

func TestProve_ContinuesAndBindsTheRecipient(t *testing.T) {
	dir := newDrop(t)
	out := filepath.Join(t.TempDir(), "elsewhere")
	recipient := "0x00000000000000000000000000000000000000fe"
	args := []string{"prove", "--drop", dir, "--out", out, "--recipient", recipient, "--keys", keys(t), "--json", "--workers", "1", "--tokens"}
	first := decode[proveReport](t, succeed(t, append(args, "1-2")...))
	second := decode[proveReport](t, succeed(t, append(args, "1-3")...))
	if first.Proven != 2 || second.Proven != 1 || second.Reused != 2 || first.Root == second.Root {
		t.Errorf("first %+v, second %+v", first, second)
	}
	v := decode[verifyReport](t, succeed(t, "verify", out, "--keys", keys(t), "--json"))
	if len(v.Tokens) != 3 || v.Tokens[0].Recipient != recipient {
		t.Errorf("verified %+v", v.Tokens)
	}
	complains(t, console.ExitTrouble, "for another recipient", "prove", "--drop", dir, "--out", out, "--tokens", "1", "--keys", keys(t))
}

func TestInspect_ShowsEveryFile(t *testing.T) {
	dir := provenDrop(t)
	out := filepath.Join(dir, "out")
	for path, want := range map[string]string{
		dir: "drop folder: Nebula Foxes", out: "output folder: Nebula Foxes", filepath.Join(out, "drop.json"): "description: Nebula Foxes",
		filepath.Join(out, "bundles", "2.json"): "bundle: token 2", filepath.Join(out, "verifying.key"): "verifying key: 9 public inputs",
		filepath.Join(out, "drop.car"): "CAR: root bafy",
	} {
		if text := succeed(t, "inspect", path).stdout; !strings.Contains(text, want) {
			t.Errorf("inspect %s: no %q in %s", path, want, text)
		}
		var kind struct{ Kind string }
		if err := json.Unmarshal([]byte(succeed(t, "inspect", path, "--json").stdout), &kind); err != nil || !strings.HasPrefix(want, kind.Kind) {
			t.Errorf("inspect %s --json: kind %q, %v", path, kind.Kind, err)
		}
	}
	for _, hidden := range []string{"secrets.yaml", "model.yaml", "claims.yaml"} {
		complains(t, console.ExitTrouble, "hidden values", "inspect", filepath.Join(dir, hidden))
	}
	complains(t, console.ExitTrouble, "hint: ", "inspect", t.TempDir())
	complains(t, console.ExitTrouble, "no such file", "inspect", filepath.Join(dir, "nothing"))
}

func TestPublish_WritesTheSameCARAndNothingElse(t *testing.T) {
	out := publishedCopy(t)
	path := filepath.Join(t.TempDir(), "again.car")
	write(t, filepath.Join(out, "documents", "secrets.yaml"), "stray")
	write(t, filepath.Join(out, "secrets.yaml"), "stray")
	r := decode[publishReport](t, succeed(t, "publish", out, "--car", path, "--keys", keys(t), "--json"))
	if r.Tokens != 3 || r.Pushed || string(read(t, path)) != string(read(t, out, "drop.car")) {
		t.Errorf("report %+v, or another CAR than prove's", r)
	}
	a, err := car.Open(path, car.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if a.Root().String() != r.Root || len(a.Paths()) != 3+2*3 {
		t.Errorf("root %s, want %s; files %v", a.Root(), r.Root, a.Paths())
	}
}

func TestPublish_RefusesWhatDoesNotVerify(t *testing.T) {
	out := publishedCopy(t)
	replace(t, filepath.Join(out, "drop.json"), "claim.safety >= 0.80", "claim.safety >= 0.10")
	if err := os.Remove(filepath.Join(out, "drop.car")); err != nil {
		t.Fatal(err)
	}
	complains(t, console.ExitRejected, "is not published", "publish", out, "--keys", keys(t))
	if _, err := os.Stat(filepath.Join(out, "drop.car")); err == nil {
		t.Error("a CAR was written")
	}
}

func TestPublish_Pushes(t *testing.T) {
	out := publishedCopy(t)
	root := decode[publishReport](t, succeed(t, "publish", out, "--keys", keys(t), "--json")).Root
	var got string
	node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, _, _ := r.BasicAuth()
		got = r.URL.Path + " " + user
		if _, _, err := r.FormFile("file"); err != nil {
			t.Error(err)
		}
		fmt.Fprintf(w, `{"Root":{"Cid":{"/":%q},"PinErrorMsg":""}}`, root)
	}))
	defer node.Close()
	r := decode[publishReport](t, succeed(t, "publish", out, "--keys", keys(t), "--api", node.URL, "--json"))
	if !r.Pushed || r.Root != root || got != "/api/v0/dag/import " {
		t.Errorf("report %+v, the node got %q", r, got)
	}
	withPassword := strings.Replace(node.URL, "://", "://me:hunter2@", 1)
	complains(t, console.ExitTrouble, "--api-file", "publish", out, "--api", withPassword)
	if r := call(withPassword+"\n", "publish", out, "--keys", keys(t), "--api-file", "-"); r.code != console.ExitOK || got != "/api/v0/dag/import me" {
		t.Errorf("exit code %d, the node got %q: %s", r.code, got, r.stderr)
	}
	complains(t, console.ExitTrouble, "pushing CAR", "publish", out, "--keys", keys(t), "--api", "http://127.0.0.1:1")
}

func TestExport_WritesSnarkjsFiles(t *testing.T) {
	out, to := filepath.Join(provenDrop(t), "out"), filepath.Join(t.TempDir(), "snark")
	succeed(t, "export", "snarkjs", out, "--token", "2", "--out", to)
	var vk struct {
		Protocol, Curve string
		NPublic         int
		IC              [][]string
		Alpha           []string   `json:"vk_alpha_1"`
		Beta            [][]string `json:"vk_beta_2"`
	}
	var proof struct {
		Protocol, Curve string
		A               []string   `json:"pi_a"`
		B               [][]string `json:"pi_b"`
		C               []string   `json:"pi_c"`
	}
	var public []string
	for name, v := range map[string]any{"verification_key.json": &vk, "proof.json": &proof, "public.json": &public} {
		if err := json.Unmarshal(read(t, to, name), v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if vk.Protocol != "groth16" || vk.Curve != "bn128" || vk.NPublic != 9 || len(vk.IC) != 10 || len(vk.Alpha) != 3 || len(vk.Beta) != 3 {
		t.Errorf("key %+v", vk)
	}
	if len(public) != 9 || public[6] != "2" || len(proof.A) != 3 || len(proof.B) != 3 || len(proof.C) != 3 {
		t.Errorf("public %v, proof %+v", public, proof)
	}
	complains(t, console.ExitTrouble, "--token", "export", "snarkjs", out, "--out", to)
	complains(t, console.ExitTrouble, "no bundle of token 9", "export", "snarkjs", out, "--token", "9", "--out", to)
}

func TestVersion_NamesGnark(t *testing.T) {
	r := decode[versionReport](t, succeed(t, "version", "--json"))
	if r.Go == "" || !strings.Contains(succeed(t, "version").stdout, "genproof") {
		t.Errorf("version %+v", r)
	}
}
