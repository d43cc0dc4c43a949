package main

import (
	"fmt"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/internal/console"
)

// A drop that shows one attribute of each section and hides another one beside it. Names start with what
// they are: every token has texts and numbers of its own.
const shownDrop = `name: Canaries
supply: 3
circuit: root/small
document: {name: "Canary #{id}", narrow: [claim.artist]}
traits: [{name: Fur}, {name: Line, visibility: hidden}]
claims: [{name: artist, type: text, visibility: shown}, {name: power, type: uint, visibility: shown}, {name: score, type: uint}]
authority: self
`

const shownModel = `layers:
  Fur: {` + shownFur + `: 1}
  Line: {` + canaryLineage + `: 1}
facts: [{name: studio, type: text, visibility: shown, value: ` + shownStudio + `}, {name: origin, type: text, value: ` + canaryFact + `}]
`

const (
	shownFur     = "shown-fur-7a11"
	shownStudio  = "shown-st-3c90"
	shownClaims  = "token,artist,power,score\n1,shown-art-1f05,410273951,7203914558120663521\n2,shown-art-2b67,410273952,7203914558120663522\n3,shown-art-3d21,410273953,7203914558120663523\n"
	hiddenScores = "720391455812066352"
)

// shownOf lists what the document of a token shows.
func shownOf(id int) []string {
	list := []string{shownFur, shownStudio}
	for _, line := range strings.Split(shownClaims, "\n")[1:4] {
		if fields := strings.Split(line, ","); fields[0] == fmt.Sprint(id) {
			list = append(list, fields[1], fields[2])
		}
	}
	return list
}

// allShown lists what any document shows.
func allShown() []string { return slices.Concat(shownOf(1), shownOf(2), shownOf(3)) }

func shownFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"drop.yaml": shownDrop, "model.yaml": shownModel, "policy.cel": "claim.score > 5 && has(claim.artist)\n", "claims.csv": shownClaims,
		"secrets.yaml": fmt.Sprintf("seed: %q\nblind: %q\nsalt: %q\nauthority_key: %q\n", canarySeed, canaryBlind, canarySalt, canaryKey),
	} {
		write(t, filepath.Join(dir, name), text)
	}
	return dir
}

// hiddenBeside lists what stays hidden of it.
func hiddenBeside(t *testing.T, dir string) spellings {
	t.Helper()
	s := spellings{}
	for what, text := range map[string]string{"line": canaryLineage, "origin": canaryFact} {
		s.text(what, text)
	}
	for i := range 3 {
		n, _ := new(big.Int).SetString(fmt.Sprint(hiddenScores, i+1), 10)
		s.number("score", n)
	}
	for _, secret := range []string{canarySeed, canaryBlind, canarySalt, canaryKey} {
		s[secret] = "a secret"
	}
	s.tokens(t, dir)
	return s
}

// TestCanary_ShownStandsWhereItBelongs runs the verbs that a shown claim, fact or trait passes. What is hidden
// beside it comes out nowhere; itself in its own token's document and bundle, and in what holds those.
func TestCanary_ShownStandsWhereItBelongs(t *testing.T) {
	dir := shownFolder(t)
	hidden := hiddenBeside(t, dir)
	out, work := filepath.Join(dir, "out"), t.TempDir()
	description, request, answer, drawn := filepath.Join(work, "drop.json"), filepath.Join(work, "request.json"), filepath.Join(work, "answer.jsonl"), filepath.Join(work, "traits.json")
	authority := filepath.Join(work, "authority.key")
	write(t, authority, canaryKey+"\n")
	// watch lets a verb's stdout show what is listed, and its stderr nothing.
	watch := func(shows []string, args ...string) {
		t.Helper()
		for _, more := range [][]string{{"--log-level", "trace"}, {"--log-level", "trace", "--log-json", "--json"}} {
			r := succeed(t, append(args, more...)...)
			hidden.absent(t, "genproof "+args[0]+"'s stdout", r.stdout)
			hidden.absent(t, "genproof "+args[0]+"'s stderr", r.stderr)
			onlyShown(t, "genproof "+args[0]+"'s stdout", r.stdout, shows)
			onlyShown(t, "genproof "+args[0]+"'s stderr", r.stderr, nil)
		}
	}
	watch(nil, "setup", "--drop", dir, "--keys", keys(t))
	watch(nil, "commit", "--drop", dir, "--keys", keys(t), "--out", description)
	watch(nil, "check", "--drop", dir, "--tokens", "all")
	watch(nil, "draw", "--drop", dir, "--tokens", "1-3", "--out", drawn)
	watch(nil, "receipt", "request", "--drop", description, "--tokens", "1-3", "--out", request)
	succeed(t, "receipt", "answer", request, "--key", authority, "--claims", filepath.Join(dir, "claims.csv"), "--out", answer) // it shows the authority what it signs
	watch(nil, "receipt", "accept", answer, "--drop", dir)
	watch(nil, "receipt", "verify", "--drop", description, filepath.Join(dir, "receipts", "1.json"))
	watch(nil, "prove", "--drop", dir, "--tokens", "1-3", "--keys", keys(t))
	watch(nil, "verify", out, "--keys", keys(t))
	watch(nil, "verify", filepath.Join(out, "drop.car"), "--keys", keys(t))
	watch(nil, "publish", out, "--keys", keys(t))
	watch(nil, "inspect", dir)
	watch(nil, "inspect", filepath.Join(out, "drop.json"))
	watch(nil, "inspect", filepath.Join(out, "drop.car"))
	watch(shownOf(2), "inspect", filepath.Join(out, "bundles", "2.json"))
	watch(nil, "export", "snarkjs", out, "--token", "2", "--out", filepath.Join(work, "snarkjs"))
	watch(nil, "page", out, "--keys", keys(t), "--out", filepath.Join(work, "site"))

	for _, secret := range []string{answer, drawn, filepath.Join(dir, "receipts", "1.json")} {
		info, err := os.Stat(secret)
		if err != nil || info.Mode().Perm() != 0o600 || len(hidden.in(string(read(t, secret)))) == 0 {
			t.Errorf("%s is for its owner alone, and the search does not find what is in it: %v, %v", secret, info, err)
		}
	}
	for _, file := range []string{description, request} {
		hidden.absent(t, file, string(read(t, file)))
		onlyShown(t, file, string(read(t, file)), nil)
	}
	published := map[string]string{}
	for path, data := range filesOf(t, out) {
		name, err := filepath.Rel(out, path)
		if err != nil {
			t.Fatal(err)
		}
		published[name] = string(data)
	}
	for name, data := range published {
		hidden.absent(t, name, data)
		onlyShown(t, name, data, mayShow(t, out, name))
	}
	for _, id := range []int{1, 2, 3} {
		for _, text := range shownOf(id) {
			if !strings.Contains(published[bundle.BundlePath(uint64(id))], text) {
				t.Errorf("the bundle of token %d does not show %s", id, text)
			}
		}
	}
	for folder, files := range map[string]map[string][]byte{"snarkjs": filesOf(t, filepath.Join(work, "snarkjs")), "site": filesOf(t, filepath.Join(work, "site"))} {
		for name, data := range files {
			hidden.absent(t, folder+"/"+name, string(data))
			if folder == "snarkjs" {
				onlyShown(t, folder+"/"+name, string(data), nil)
			}
		}
	}
}

// mayShow lists what a published file may hold of what documents show.
func mayShow(t *testing.T, out, name string) []string {
	t.Helper()
	switch dir := filepath.Dir(name); {
	case dir == bundle.BundlesDir:
		var id int
		if _, err := fmt.Sscanf(filepath.Base(name), "%d.json", &id); err != nil {
			t.Fatal(err)
		}
		return shownOf(id)
	case dir == bundle.DocumentsDir:
		for id := range 3 {
			if b, err := bundle.Unmarshal(read(t, out, bundle.BundlePath(uint64(id+1)))); err == nil && b.CID == filepath.Base(name) {
				return shownOf(id + 1)
			}
		}
	case name == bundle.CARFile:
		return allShown()
	}
	return nil
}

// onlyShown reports what a text holds of what some document shows, but for what it may.
func onlyShown(t *testing.T, where, text string, may []string) {
	t.Helper()
	for _, s := range allShown() {
		if strings.Contains(text, s) && !slices.Contains(may, s) {
			t.Errorf("%s shows %s", where, s)
		}
	}
}

// What will be shown is nobody's before it is published: an error about it names places and quotes nothing.
func TestCanary_ErrorsQuoteNothingThatWillBeShown(t *testing.T) {
	good := shownFolder(t)
	hidden := hiddenBeside(t, good)
	edits := map[string][3]string{
		"a text too long to be shown":       {"claims.csv", "shown-art-1f05", strings.Repeat("shown-art-1f05", 5)},
		"a text with a quote":               {"claims.csv", "shown-art-1f05", `"shown-art-1f05"""`},
		"a text with a blank at its end":    {"claims.csv", "shown-art-1f05", "shown-art-1f05 "},
		"a text with what nobody sees":      {"claims.csv", "shown-art-1f05", "shown-art-1f05\u200b"},
		"a number with too many digits":     {"claims.csv", "410273951", "4102739514102739"},
		"a number that is none":             {"claims.csv", "410273951", "410273951x"},
		"a text that does not fit narrow":   {"claims.csv", "shown-art-1f05", "shown-art-1f05-" + strings.Repeat("y", 40)},
		"a fact too long to be shown":       {"model.yaml", shownStudio, strings.Repeat(shownStudio, 5)},
		"a fact with a blank":               {"model.yaml", shownStudio, "'" + shownStudio + " '"},
		"a trait with a backslash":          {"model.yaml", shownFur, `'` + shownFur + `\'`},
		"a hidden text with a blank":        {"model.yaml", canaryLineage, "'" + canaryLineage + " '"},
		"a policy that the shown ones fail": {"policy.cel", "claim.score > 5", "claim.power < 5"},
	}
	for _, name := range slices.Sorted(maps.Keys(edits)) {
		edit := edits[name]
		for _, spelled := range []string{"strict", "as published"} {
			dir := filepath.Join(t.TempDir(), "drop")
			if err := os.CopyFS(dir, os.DirFS(good)); err != nil {
				t.Fatal(err)
			}
			replace(t, filepath.Join(dir, "drop.yaml"), "supply: 3", "supply: 3\nspelling: "+spelled)
			replace(t, filepath.Join(dir, edit[0]), edit[1], edit[2])
			refused := false
			for _, args := range [][]string{{"prove", "--drop", dir, "--tokens", "1", "--keys", keys(t)}, {"inspect", dir}, {"check", "--drop", dir}} {
				r := call("", append(args, "--log-level", "trace")...)
				refused = refused || r.code != console.ExitOK
				for stream, text := range map[string]string{"stdout": r.stdout, "stderr": r.stderr} {
					hidden.absent(t, name+": "+stream, text)
					onlyShown(t, name+": "+stream, text, nil)
				}
			}
			if !refused && spelled == "strict" {
				t.Errorf("%s: nothing was refused", name)
			}
		}
	}
}
