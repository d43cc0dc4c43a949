package drop

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"

	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/generation"
)

var update = flag.Bool("update", false, "write REFERENCE.md")

const referencePage = "REFERENCE.md"

// TestReference_IsOfTheCode makes the page anew.
func TestReference_IsOfTheCode(t *testing.T) {
	got := referenceText(t)
	if *update {
		if err := os.WriteFile(referencePage, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	page, err := os.ReadFile(referencePage)
	if err != nil {
		t.Fatal(err)
	}
	if string(page) != got {
		t.Error("REFERENCE.md is not what the code says: go test ./drop -run Reference -update")
	}
}

// referenceText fills the page. Its examples are loaded first, so the document is that of the page.
func referenceText(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile("testdata/reference.md")
	if err != nil {
		t.Fatal(err)
	}
	var document string
	parts := template.FuncMap{
		"keys": func(name string) string { return keyTable(t, name) }, "authority": func() string { return someAuthority(t) },
		"identity": func() string { return strings.Repeat("ab", 32) }, "document": func() string { return document },
		"types": func() string { return typeTable(t) }, "digits": func() int { return shownDigits },
		"operators": func() string { return operatorTable(t) }, "comparisons": func() string { return comparisonTable(t) },
		"refused": func() string { return refusedTable(t) }, "refusedYAML": refusedYAML, "sizes": func(of string) string { return sizeTable(t, of) },
		"machine": func() string { return measuredOn }, "limits": limitTable,
	}
	page, err := template.New("reference").Funcs(parts).Parse(string(source))
	if err != nil {
		t.Fatal(err)
	}
	fill := func() string {
		var b bytes.Buffer
		if err := page.Execute(&b, nil); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	document = documentOf(t, examples(t, fill())["drawn"])
	return fill()
}

// An example is a fenced block of the page: its language, folder and file. One that ends in + takes
// the place of keys of that file.
type example struct{ file, text string }

var fence = regexp.MustCompile("(?ms)^```(.*?)\n(.*?)^```$")

// examples returns the page's blocks by their folders. Each block is one that a test reads.
func examples(t *testing.T, page string) map[string][]example {
	t.Helper()
	found := map[string][]example{}
	for _, block := range fence.FindAllStringSubmatch(page, -1) {
		name := regexp.MustCompile(`^(?:yaml|csv|cel|json) (drawn|deck|sprites)/(\S+)$`).FindStringSubmatch(block[1])
		if name == nil {
			t.Fatalf("a block says %q and not whose it is: no test reads it", block[1])
		}
		found[name[1]] = append(found[name[1]], example{name[2], block[2]})
	}
	return found
}

// folder writes the examples that are whole files, but those named, with secrets that are always the same.
func folder(t *testing.T, list []example, but ...string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(dir+"/"+DocumentsDir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if !strings.HasSuffix(e.file, "+") && !slices.Contains(but, e.file) && e.file != "7.json" {
			write(t, dir, e.file, e.text)
		}
	}
	write(t, dir, "weights.safetensors", "a stand-in")
	pixels, err := templateFiles("pixels")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range pixels {
		if strings.HasPrefix(name, "sprites/") {
			write(t, dir, name, string(data))
		}
	}
	if err := CreateSecrets(dir, true, seeded(1)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// documentOf is the document of token 7, without the spaces of its blocks.
func documentOf(t *testing.T, list []example) string {
	t.Helper()
	d, err := Load(folder(t, list, ClaimsTableFile))
	if err != nil {
		t.Fatal(err)
	}
	token, err := d.Token(7, [20]byte{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := generation.Generate(token)
	if err != nil {
		t.Fatal(err)
	}
	var short, lines bytes.Buffer
	if err := json.Compact(&short, r.Document); err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(short.String(), `{"trait_type"`, "\n {\"trait_type\"")
	text = strings.ReplaceAll(text, `{"display_type"`, "\n {\"display_type\"")
	lines.WriteString(strings.Replace(text, `],"root"`, "\n],\"root\"", 1))
	return lines.String()
}

func someAuthority(t *testing.T) string {
	key, err := eddsa.GenerateKey(seeded(2))
	if err != nil {
		t.Fatal(err)
	}
	public := key.Public().Bytes()
	return hex.EncodeToString(public[:])
}

// table writes rows as Markdown; the first is the head.
func markdown(rows ...[]string) string {
	var b strings.Builder
	for i, row := range rows {
		for j := range row {
			row[j] = strings.ReplaceAll(row[j], "|", `\|`)
		}
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			b.WriteString("|" + strings.Repeat("---|", len(row)) + "\n")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}
