//go:build prover_checks

package ptau

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// installed is a folder with snarkjs, for all tests.
var installed = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "snarkjs-*")
	if err != nil {
		return "", err
	}
	if err := os.CopyFS(dir, os.DirFS("../../testdata/snarkjs")); err != nil {
		return dir, err
	}
	if out, err := run(dir, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"); err != nil {
		return dir, fmt.Errorf("npm ci: %w\n%s", err, out)
	}
	return dir, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if dir, _ := installed(); dir != "" {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

// tools returns the folder that snarkjs is in.
func tools(t *testing.T) string {
	t.Helper()
	dir, err := installed()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// powersoftau runs steps of snarkjs powersoftau, which must succeed.
func powersoftau(t *testing.T, dir string, steps ...string) {
	t.Helper()
	for _, step := range steps {
		if out, err := run(dir, filepath.Join("node_modules", ".bin", "snarkjs"), append([]string{"powersoftau"}, strings.Fields(step)...)...); err != nil {
			t.Fatalf("%s: %v\n%s", step, err, out)
		}
	}
}

func run(dir, name string, arguments ...string) (string, error) {
	c := exec.Command(name, arguments...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	return string(out), err
}

// TestSlowRead_AgreesWithSnarkjs lets snarkjs run a ceremony of power 12.
func TestSlowRead_AgreesWithSnarkjs(t *testing.T) {
	dir := tools(t)
	powersoftau(t, dir, "new bn128 12 0.ptau", "contribute 0.ptau 1.ptau --name=first -e=text",
		"beacon 1.ptau 2.ptau 000102030405060708090a0b0c0d0e0f 10 -n=beacon")
	for _, power := range []int{0, 12, 7} {
		srs, err := Read(t.Context(), filepath.Join(dir, "2.ptau"), Options{Power: power})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, c := range srs.Chain.Contributions {
			names = append(names, c.Name)
		}
		if !srs.Chain.Verified || !slices.Equal(names, []string{"first", "beacon"}) || srs.FilePower != 12 {
			t.Errorf("got power %d, %+v", srs.FilePower, srs.Chain)
		}
	}
}

// judge tells of files what snarkjs says, in one process.
const judge = `import fs from "node:fs";
import * as snarkjs from "snarkjs";
const logger = { debug() {}, info() {}, warn() {}, error() {} };
const verdicts = [];
for (const file of process.argv.slice(2)) {
    let accepted = false;
    try { accepted = await snarkjs.powersOfTau.verify(file, logger) === true; } catch { }
    verdicts.push(accepted);
}
fs.writeFileSync("verdicts.json", JSON.stringify(verdicts));
process.exit(0);
`

// TestSlowRead_JudgesAsSnarkjs: files with one lie each.
func TestSlowRead_JudgesAsSnarkjs(t *testing.T) {
	dir, list := tools(t), verdicts(t)
	if err := os.WriteFile(filepath.Join(dir, "judge.mjs"), []byte(judge), 0o600); err != nil {
		t.Fatal(err)
	}
	arguments, folder := []string{"judge.mjs"}, t.TempDir()
	for i, v := range list {
		path := filepath.Join(folder, fmt.Sprintf("%d.ptau", i))
		if err := os.WriteFile(path, v.file, 0o600); err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, path)
	}
	if out, err := run(dir, "node", arguments...); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	said, err := os.ReadFile(filepath.Join(dir, "verdicts.json"))
	var accepts []bool
	if err := errors.Join(err, json.Unmarshal(said, &accepts)); err != nil || len(accepts) != len(list) {
		t.Fatalf("%v: %s", err, said)
	}
	for i, v := range list {
		if accepts[i] != v.snarkjs {
			t.Errorf("%s: snarkjs accepts: %t, want %t", v.name, accepts[i], v.snarkjs)
		}
		if _, err := Read(t.Context(), arguments[1+i], Options{}); (err == nil) != v.ours {
			t.Errorf("%s: we say %v, want acceptance %t", v.name, err, v.ours)
		}
	}
}

// TestSlowRead_TakesAPreparedFile of power 9, whole and in part.
func TestSlowRead_TakesAPreparedFile(t *testing.T) {
	dir := tools(t)
	powersoftau(t, dir, "new bn128 9 new.ptau", "contribute new.ptau unprepared.ptau --name=one -e=text", "prepare phase2 unprepared.ptau prepared.ptau")
	for _, power := range []int{9, 8, 1} {
		for name, prepared := range map[string]bool{"prepared": true, "unprepared": false} {
			srs, err := Read(t.Context(), filepath.Join(dir, name+".ptau"), Options{Power: power, Lagrange: true})
			if err != nil {
				t.Fatal(err)
			}
			if (srs.Lagrange != nil) != prepared || prepared && len(srs.Lagrange.G2.Tau) != 1<<power || !srs.Chain.Verified {
				t.Errorf("%s, power %d: %v", name, power, srs.Lagrange != nil)
			}
		}
	}
}

// TestSlowRead_ManyChunks lets snarkjs make a file for the domain of root/small, 2^14: many chunks
// of points, its last hashes over all of them.
func TestSlowRead_ManyChunks(t *testing.T) {
	const power = 14
	const n = 1 << power
	if 2*n < 4*pointsRead {
		t.Fatal("fewer than four chunks")
	}
	dir := tools(t)
	powersoftau(t, dir, "new bn128 14 none.ptau", "contribute none.ptau chunks.ptau --name=one -e=text")
	path := filepath.Join(dir, "chunks.ptau")
	srs, err := Read(t.Context(), path, Options{Power: power})
	if err != nil {
		t.Fatal(err)
	}
	if !srs.Chain.Verified || len(srs.Chain.Contributions) != 1 || len(srs.Commons.G1.Tau) != 2*n-1 || len(srs.Commons.G2.Tau) != n {
		t.Errorf("%+v", srs.Chain)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	// Two powers far from the beginning exchange their places: each is on the curve.
	const at = 12 + 12 + 44 + 12 + 64*25_000 // the header, section 1, section 2's header, its points
	pair := make([]byte, 128)
	if _, err := f.ReadAt(pair, at); err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt(append(slices.Clone(pair[64:]), pair[:64]...), at); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(t.Context(), path, Options{Power: power}); err == nil || !strings.Contains(err.Error(), "is of other points") {
		t.Errorf("two powers exchanged: %v", err)
	}
}

type verdict struct {
	name          string
	file          []byte
	snarkjs, ours bool // accepted
}

// verdicts are files and who accepts them. Ours refuses all that snarkjs refuses, and what
// it does not look at.
func verdicts(t *testing.T) (list []verdict) {
	add := func(name string, snarkjs, ours bool, change func(f *forgery)) {
		f := forged(t, 3)
		change(f)
		list = append(list, verdict{name, f.bytes(), snarkjs, ours})
	}
	points := func(name string, snarkjs bool, change func(f *forgery)) {
		add(name, snarkjs, false, func(f *forgery) {
			change(f)
			f.record(t)
		})
	}
	add("no lie", true, true, func(f *forgery) {})
	add("no lie, cut", true, true, func(f *forgery) { f.cut(2) })
	add("nobody", false, false, func(f *forgery) { *f = *newForgery(3) })

	points("a power of τ", false, func(f *forgery) { f.tauG1[5] = otherG1() })
	points("the last power of τ", false, func(f *forgery) { f.tauG1[14] = otherG1() })
	points("swapped powers of τ in G2", false, func(f *forgery) { f.tauG2[3], f.tauG2[4] = f.tauG2[4], f.tauG2[3] })
	points("a power of ατ", false, func(f *forgery) { f.alpha[3] = otherG1() })
	points("a power of βτ", false, func(f *forgery) { f.beta[7] = otherG1() })
	points("another τ", false, func(f *forgery) { scale(f.tauG1, number(1), number(3)) })
	points("another α", false, func(f *forgery) { scale(f.alpha, number(3), number(1)) })
	points("another β in G2", false, func(f *forgery) { f.betaG2 = otherG2() })
	points("another generator", false, func(f *forgery) { scale(f.tauG1, number(3), number(1)) })

	add("reordered", false, false, func(f *forgery) { f.steps[0], f.steps[1] = f.steps[1], f.steps[0] })
	add("one dropped", false, false, func(f *forgery) { f.steps = slices.Delete(f.steps, 1, 2) })
	add("a challenge", false, false, func(f *forgery) { f.steps[0].nextChallenge[0] ^= 1 })
	add("the last challenge", false, false, func(f *forgery) { f.steps[2].nextChallenge[0] ^= 1 })
	add("a key", false, false, func(f *forgery) { f.steps[0].keys[1].sx = otherG1() })
	add("a beacon's value", false, false, func(f *forgery) { f.steps[2].beaconValue[0] ^= 1 })
	add("the last response, challenge as it was", false, false, func(f *forgery) { f.steps[2].partialHash[128] ^= 1 })

	// What snarkjs does not look at.
	add("the last response, challenge made to fit", true, false, func(f *forgery) {
		c := &f.steps[2]
		c.partialHash[128] ^= 1
		response, err := responseHash(&c.partialHash, &c.keys, 3)
		if err != nil {
			t.Fatal(err)
		}
		challenge := newBlake()
		challenge.Write(response[:])
		f.each(func(whole, _ []byte) { challenge.Write(whole) })
		challenge.Sum(c.nextChallenge[:0])
	})
	add("only a beacon", true, false, func(f *forgery) {
		*f = *newForgery(3)
		f.beacon(t, []byte("beacon"), 4)
	})
	add("τ is 1", true, false, func(f *forgery) {
		*f = *newForgery(3)
		f.contribute(t, "one", number(1), number(3), number(5))
	})
	add("a byte more", true, false, func(f *forgery) {})
	last := &list[len(list)-1]
	last.file = append(last.file, 0)

	cut := golden(t, "small.ptau")
	list = append(list,
		verdict{"cut in the middle", cut[:len(cut)/2], false, false},
		verdict{"another power", put32(cut, atPower, 2), false, false},
		verdict{"another version", put32(cut, 4, binary.LittleEndian.Uint32(cut[4:])+1), false, false})
	return list
}

// TestSlowGolden_CanBeMadeAnew runs the recipe of testdata.
func TestSlowGolden_CanBeMadeAnew(t *testing.T) {
	dir := tools(t)
	if err := os.WriteFile(filepath.Join(dir, "make.mjs"), golden(t, "make.mjs"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := run(dir, "node", "make.mjs"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, verified := range map[string]bool{"small.ptau": true, "prepared.ptau": true, "cut.ptau": false} {
		srs, err := Read(t.Context(), filepath.Join(dir, "made", name), Options{})
		if err != nil || srs.Contributors != 2 || srs.Chain.Verified != verified {
			t.Errorf("%s: got %s, %v", name, fmt.Sprint(srs), err)
		}
	}
	for _, name := range []string{"points.json", "verify.txt"} {
		if _, err := os.Stat(filepath.Join(dir, "made", name)); err != nil {
			t.Error(err)
		}
	}
}
