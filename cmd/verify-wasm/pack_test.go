//go:build !js

package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/publication"
)

// packed is a pack of evidence of the tests' deck, by the files that go into it.
func packed(t *testing.T, inputs map[string][]byte) map[string][]byte {
	return packedBy(t, inputs, nil)
}

func packedBy(t *testing.T, inputs map[string][]byte, compiler publication.Compiler) map[string][]byte {
	t.Helper()
	p := evidence.Packing{Key: keyOf(t, 7), Compiler: compiler, Head: evidence.Head{
		Version: 1, Kind: evidence.KindPack, MadeAt: attest.FormatTime(signedAt), By: evidence.Maker{Name: "Ada", Role: "counsel", Method: "by hand"}, For: "marketplace",
		Command: "genproof evidence", Verifier: evidence.Verifier{Version: "v0", Go: "go1"}, LeftOut: []evidence.LeftOut{}, NotChecked: []string{},
	}}
	for _, name := range slices.Sorted(maps.Keys(inputs)) {
		p.Inputs = append(p.Inputs, evidence.Bytes(name, "publication", "a test", inputs[name]))
	}
	list, err := evidence.Pack(t.Context(), p)
	if err != nil {
		return nil // there is nothing that could be judged
	}
	out := map[string][]byte{}
	for _, x := range list {
		r, err := x.Open()
		if err == nil {
			out[x.Path], err = io.ReadAll(r)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// inputs of a pack: publication, attestations, trust, log.
func inputs(t *testing.T) map[string][]byte {
	t.Helper()
	in := map[string][]byte{}
	for name, data := range attestedFiles(t) {
		if rest, ok := strings.CutPrefix(name, "out/"); ok {
			in["publication/"+rest] = data
		} else if rest, ok := strings.CutPrefix(name, "given/"); ok {
			in["attestations/"+rest] = data
		}
	}
	in["trust.json"] = trustOf(t)
	dir := t.TempDir()
	l, err := log.Open(dir, keyOf(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, text := range []string{"at all cards", "the deck"} {
		if _, err := l.Append(log.Addition{Kind: "looked", Text: text}, signedAt); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{log.EntriesFile, log.HeadsFile} {
		if in["log/"+name], err = files.Read(dir+"/"+name, log.MaxBytes); err != nil {
			t.Fatal(err)
		}
	}
	return in
}

func zipped(t *testing.T, pack map[string][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(pack)) {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write(pack[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// packHere judges a pack in this program: its report in JSON, or why there is none.
func packHere(t *testing.T, from evidence.Source, err error) (report, trouble string) {
	t.Helper()
	return packKnowing(t, from, err, nil)
}

func packKnowing(t *testing.T, from evidence.Source, err error, blocks evidence.Blocks) (report, trouble string) {
	t.Helper()
	var v *evidence.Verification
	if err == nil {
		v, err = evidence.Verify(t.Context(), from, evidence.Reader{MostBytes: 1 << 30, Blocks: blocks})
	}
	if err != nil {
		return "", err.Error()
	}
	data, err := json.Marshal(v.Report())
	if err != nil {
		t.Fatal(err)
	}
	return string(data), ""
}

// samePack compares a pack's report with this program's, to the byte of its JSON.
func samePack(t *testing.T, what string, r result, report, trouble string) {
	t.Helper()
	var got struct{ Report evidence.Report }
	if r.Answer != nil {
		if err := json.Unmarshal(r.Answer, &got); err != nil {
			t.Fatalf("%s: %v: %s", what, err, r.Answer)
		}
	}
	data, err := json.Marshal(got.Report)
	if err != nil {
		t.Fatal(err)
	}
	if r.Error != trouble || trouble == "" && string(data) != report {
		t.Errorf("%s: got %s%s, natively %s%s", what, data, r.Error, report, trouble)
	}
}

// addPacks has packs judged in each of their forms, honest and not.
func (s *session) addPacks(t *testing.T) {
	whole := packed(t, inputs(t))
	holds := func(t *testing.T, what string, r result) {
		t.Helper()
		var a struct {
			Report   evidence.Report
			Level    string
			Attested []struct{ Line string }
		}
		if err := json.Unmarshal(r.Answer, &a); err != nil || a.Report.Verdict != "holds" || !a.Report.SameReport || a.Level != "amber" || len(a.Attested) != 9 || len(a.Report.Timeline) < 6 || a.Report.Signer != keyOf(t, 7).String() {
			t.Errorf("%s: %v: %s%s", what, err, r.Answer, r.Error)
		}
	}
	archive := archiveOf(t, whole)
	s.add("a pack in a folder", call{Form: "a pack's folder", Files: whole}, holds)
	s.add("a pack in a zip", call{Form: "a pack", Files: map[string][]byte{"pack": zipped(t, whole)}}, told(holds))
	s.add("a pack in a CAR", call{Form: "a pack", Files: map[string][]byte{"pack": archive}}, told(holds))
	s.add("a pack as any CAR", call{Form: "a pack as a CAR", Files: map[string][]byte{"pack": archive}}, holds)
	report, trouble := packHere(t, evidence.Items(whole), nil)
	s.add("a pack as natively", call{Form: "a pack's folder", Files: whole}, func(t *testing.T, what string, r result) { samePack(t, what, r, report, trouble) })
	for _, row := range []struct {
		what string
		pack []byte
		want string
	}{
		{"nothing", []byte{}, "no pack of evidence"}, {"text", []byte("PK, he said"), "damaged"}, {"age", []byte("age-encryption.org/v1\n-> X25519"), "--identity opens it on a machine"},
		{"a zip that is cut", zipped(t, whole)[:5000], "damaged"}, {"a CAR that is cut", archive[:5000], "opening the pack"},
		{"a zip of something else", zipped(t, map[string][]byte{"a": nil}), "there is no manifest"},
		{"a bomb", bomb(t), "at most 1073741824 are read here"}, {"a manifest that is a bomb", zipped(t, map[string][]byte{evidence.ManifestFile: make([]byte, 1<<28+1)}), "268435457 bytes, at most"},
		{"a manifest that tells a small size", understated(t), "damaged"},
	} {
		s.add(row.what, call{Form: "a pack", Files: map[string][]byte{"pack": row.pack}}, func(t *testing.T, what string, r result) {
			if failed(t, what, r); !strings.Contains(r.Error, row.want) {
				t.Errorf("%s: %q, want %q", what, r.Error, row.want)
			}
		})
	}
	s.add("a pack, after all that", call{Form: "a pack's folder", Files: whole}, holds)
}

// understated is a zip whose manifest has 256 MiB, and says that it has one byte.
func understated(t *testing.T) []byte {
	t.Helper()
	data := zipped(t, map[string][]byte{evidence.ManifestFile: make([]byte, 1<<28)})
	at := bytes.Index(data, []byte("PK\x01\x02"))
	copy(data[at+24:], []byte{1, 0, 0, 0})
	return data
}

// bomb is a small zip whose manifest promises files of more than a page has room for.
func bomb(t *testing.T) []byte {
	t.Helper()
	whole := packed(t, inputs(t))
	head, _, _ := bytes.Cut(whole[evidence.ManifestFile], []byte("\n"))
	head = bytes.Replace(head, fmt.Appendf(nil, `"files": %d,`, bytes.Count(whole[evidence.ManifestFile], []byte("\n"))-1), []byte(`"files": 5,`), 1)
	manifest := append(head, '\n')
	for i := range 5 {
		manifest = fmt.Appendf(manifest, `{"path": "hidden/%d","size": %d,"sha256": "0x%064d","role": "hidden","source": "","added_by": "","added_at": ""}`+"\n", i, 1<<28, 0)
	}
	return zipped(t, map[string][]byte{evidence.ManifestFile: manifest})
}
