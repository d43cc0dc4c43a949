package genproof

import (
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// The parts of .goreleaser.yaml that a release's reproducibility and completeness rest on. Keys that
// are not here are refused: whoever adds one looks at this test.
type releaser struct {
	Version int
	Name    string `yaml:"project_name"`
	Env     []string
	Before  struct{ Hooks []string }
	Builds  []struct {
		ID, Main, Binary             string
		GOOS, GOARCH, Flags, LDFlags []string
		ModTimestamp                 string `yaml:"mod_timestamp"`
	}
	Archives []struct {
		ID           string
		IDs          []string
		NameTemplate string `yaml:"name_template"`
		Formats      []string
		Overrides    []struct {
			GOOS    string
			Formats []string
		} `yaml:"format_overrides"`
		BuildsInfo struct{ Mtime string } `yaml:"builds_info"`
		Files      []struct {
			Src  string
			Info struct{ Mtime string }
		}
	}
	Checksum struct {
		NameTemplate string `yaml:"name_template"`
		Algorithm    string
		Extra        []glob `yaml:"extra_files"`
	}
	Signs []struct {
		Artifacts, Cmd, Signature string
		Args                      []string
	}
	Release struct {
		Draft bool
		Extra []glob `yaml:"extra_files"`
	}
	Changelog struct{ Disable bool }
}

type glob struct{ Glob string }

// TestRelease_IsReproducibleAndWhole reads the configuration that nobody here has run.
func TestRelease_IsReproducibleAndWhole(t *testing.T) {
	var r releaser
	if err := yaml.UnmarshalWithOptions([]byte(read(t, ".goreleaser.yaml")), &r, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	if r.Version != 2 || r.Name != "genproof" || !r.Changelog.Disable || !r.Release.Draft || r.Checksum.Algorithm != "sha256" || r.Checksum.NameTemplate != "SHA256SUMS" {
		t.Errorf("%+v", r)
	}
	if !slices.Contains(r.Env, "CGO_ENABLED=0") || !slices.Contains(r.Env, "GOTOOLCHAIN=local") || !slices.Contains(r.Before.Hooks, "bash .ci/assets release") {
		t.Errorf("environment %q, hooks %q", r.Env, r.Before.Hooks)
	}
	build := read(t, ".ci/build")
	for _, b := range r.Builds {
		for _, flag := range b.Flags {
			if packages, inlines := strings.CutPrefix(flag, "-gcflags="); inlines {
				flag = " " + strings.TrimSuffix(packages, "=-l")
			}
			if !strings.Contains(build, flag) {
				t.Errorf("%s is built with %s, and .ci/build is not", b.ID, flag)
			}
		}
		if n := strings.Count(build, "/...") + strings.Count(build, " crypto/tls"); n != len(b.Flags)-2 {
			t.Errorf(".ci/build leaves %d packages not inlined, %s %d", n, b.ID, len(b.Flags)-2)
		}
		if !slices.Contains(b.Flags, "-trimpath") || !slices.Contains(b.Flags, "-tags=urfave_cli_no_docs") || !slices.Contains(b.Flags, "-gcflags=cel.dev/...=-l") || !slices.Contains(b.LDFlags, "-s -w -buildid=") || b.ModTimestamp != "{{ .CommitTimestamp }}" {
			t.Errorf("%s is not the same wherever it is built: %+v", b.ID, b)
		}
		if info, err := os.Stat(filepath.FromSlash(b.Main)); err != nil || !info.IsDir() {
			t.Errorf("%s: %v", b.Main, err)
		}
	}
	for _, a := range r.Archives {
		if a.BuildsInfo.Mtime != "{{ .CommitDate }}" {
			t.Errorf("%s has the times of its making", a.ID)
		}
		for _, f := range a.Files {
			if found, err := filepath.Glob(f.Src); err != nil || len(found) == 0 || f.Info.Mtime != "{{ .CommitDate }}" {
				t.Errorf("%s: %v, %v, %+v", f.Src, found, err, f)
			}
		}
	}
	want := []glob{{"release/*.wasm"}, {"release/*.html"}, {"release/*.tgz"}}
	if !slices.Equal(r.Checksum.Extra, want) || !slices.Equal(r.Release.Extra, want) || len(r.Signs) != 1 || r.Signs[0].Artifacts != "checksum" {
		t.Errorf("listed are %v, released %v, signed %+v", r.Checksum.Extra, r.Release.Extra, r.Signs)
	}
}

// TestDockerfile_HasNothingThatItDoesNotNeed parses the file that nobody here has built.
func TestDockerfile_HasNothingThatItDoesNotNeed(t *testing.T) {
	text := regexp.MustCompile(`(?m)^#.*\n`).ReplaceAllString(read(t, "Dockerfile"), "")
	known := []string{"ARG", "FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "ENTRYPOINT"}
	var last []string // the instructions of the last stage
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)\.`).FindStringSubmatch(read(t, "go.mod"))
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		if line == "" {
			continue
		}
		word, _, _ := strings.Cut(line, " ")
		if !slices.Contains(known, word) {
			t.Errorf("an instruction that nobody looked at: %s", line)
		}
		if word == "FROM" {
			last = nil
		}
		last = append(last, line)
	}
	if !strings.HasPrefix(text, "ARG GO=golang:"+version[1]+".") || strings.Contains(text, ":latest") {
		t.Errorf("it builds with another Go than go.mod's %s, or with whatever is latest:\n%s", version[1], text)
	}
	if !strings.Contains(text, "ARG BASE=gcr.io/distroless/static-debian12:nonroot\n") || last[0] != "FROM ${BASE}" {
		t.Errorf("its last stage is %q", last)
	}
	for _, line := range last {
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case word == "RUN":
			t.Errorf("there is no shell for %s", line)
		case word == "USER" && !regexp.MustCompile(`^[1-9][0-9]*:[1-9][0-9]*$`).MatchString(rest), word == "ENTRYPOINT" && rest != `["/usr/bin/genproof"]`:
			t.Errorf("%s", line)
		case word == "COPY" && !strings.HasPrefix(rest, "--from=build "):
			t.Errorf("the image gets %s", line)
		}
	}
	for _, word := range []string{"USER ", "ENTRYPOINT "} {
		if !slices.ContainsFunc(last, func(line string) bool { return strings.HasPrefix(line, word) }) {
			t.Errorf("there is no %s", word)
		}
	}
	if !strings.Contains(text, "&& bash .ci/build /genproof\n") || !strings.Contains(read(t, "Dockerfile"), "--read-only --cap-drop=ALL --security-opt=no-new-privileges --network=none") {
		t.Error("it is built or run with more than it needs")
	}
}

// TestDockerignore_LetsInWhatIsBuilt: every folder that the program is made of, no drop, no key.
func TestDockerignore_LetsInWhatIsBuilt(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(read(t, ".dockerignore")), "\n")
	if lines[1] != "*" || !slices.Contains(lines, "**/secrets.yaml") || !slices.Contains(lines, "**/*.key") {
		t.Errorf("%q", lines)
	}
	out, err := exec.Command("go", "list", "-deps", "-f", `{{if not .Standard}}{{.ImportPath}} {{join .EmbedFiles " "}}{{end}}`, "./cmd/genproof").Output()
	if err != nil {
		t.Fatal(err)
	}
	lets := func(name string) bool {
		for name != "." && name != "" {
			if slices.Contains(lines, "!"+name) {
				return true
			}
			name = path.Dir(name)
		}
		return false
	}
	for line := range strings.SplitSeq(strings.TrimSpace(string(out)), "\n") {
		fields := strings.Fields(line)
		folder, ours := strings.CutPrefix(fields[0], module)
		if !ours {
			continue
		}
		for _, file := range fields[1:] {
			if !lets(path.Join(folder, file)) {
				t.Errorf("%s/%s is left out", folder, file)
			}
		}
		if !slices.Contains(lines, "!**/*.go") && !lets(folder) {
			t.Errorf("%s is left out", folder)
		}
	}
}

// TestReadmes_NameNoRegistry: whoever installs takes a release's tarball, whose digest is listed.
func TestReadmes_NameNoRegistry(t *testing.T) {
	bare := regexp.MustCompile(`npm (i|install|add)( -\S+)* @?genproof|(yarn|pnpm|bun) add|npx @?genproof|unpkg\.com|jsdelivr|esm\.sh`)
	guides, err := filepath.Glob("docs/*.md")
	if err != nil || len(guides) < 9 {
		t.Fatal(guides, err)
	}
	for _, file := range append(guides, "README.md", "js/verify/README.md", "js/contracts/README.md", "js/assignment/README.md", "solidity/README.md", "CHANGELOG.md") {
		if found := bare.FindString(read(t, file)); found != "" {
			t.Errorf("%s says %q", file, found)
		}
	}
}
