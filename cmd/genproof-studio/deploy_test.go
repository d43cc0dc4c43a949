package main

import (
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

const deployDir = "../../deploy/studio"

// A composed service is one of compose.yaml, with what its anchors give it.
type composed struct {
	Image       string            `yaml:"image"`
	Command     []string          `yaml:"command"`
	Environment map[string]string `yaml:"environment"`
	Volumes     []string          `yaml:"volumes"`
	Secrets     []string          `yaml:"secrets"`
	Ports       []string          `yaml:"ports"`
	User        string            `yaml:"user"`
	ReadOnly    bool              `yaml:"read_only"`
	CapDrop     []string          `yaml:"cap_drop"`
	CapAdd      []string          `yaml:"cap_add"`
	Privileged  bool              `yaml:"privileged"`
	Security    []string          `yaml:"security_opt"`
	Ulimits     map[string]int    `yaml:"ulimits"`
	Memory      string            `yaml:"mem_limit"`
	Swap        string            `yaml:"memswap_limit"`
	Restart     string            `yaml:"restart"`
}

type composeFile struct {
	Services map[string]*composed `yaml:"services"`
	Secrets  map[string]struct {
		File string `yaml:"file"`
	} `yaml:"secrets"`
}

func readDeploy(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(path.Join(deployDir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func parseCompose(t *testing.T, text string) *composeFile {
	t.Helper()
	var f composeFile
	if err := yaml.Unmarshal([]byte(text), &f); err != nil {
		t.Fatal(err)
	}
	return &f
}

// No container has been started by this test: it reads what each would be given. Nobody is root, can write to
// the image, has a capability, swaps, or dumps its memory; secrets are files; one port is open.
func TestCompose_GivesNothingThatIsNotNeeded(t *testing.T) {
	f := parseCompose(t, readDeploy(t, "compose.yaml"))
	if len(f.Services) != 6 {
		t.Fatalf("%d services", len(f.Services))
	}
	var ports []string
	for name, s := range f.Services {
		core, limited := s.Ulimits["core"]
		if s.User != "65532:65532" || !s.ReadOnly || !slices.Equal(s.CapDrop, []string{"ALL"}) || len(s.CapAdd) > 0 || s.Privileged || !slices.Contains(s.Security, "no-new-privileges:true") {
			t.Errorf("%s may do more than it needs: %+v", name, s)
		}
		if !limited || core != 0 || s.Memory == "" || s.Swap != s.Memory {
			t.Errorf("%s may leave its memory on a disk: %+v", name, s)
		}
		if !strings.HasPrefix(s.Image, "${") || !strings.Contains(s.Image, ":?") {
			t.Errorf("%s has the image %s, which nobody has named by its digest", name, s.Image)
		}
		for _, secret := range s.Secrets {
			if f.Secrets[secret].File == "" {
				t.Errorf("%s has a secret %s that is no file", name, secret)
			}
		}
		for key, value := range s.Environment {
			if strings.Contains(strings.ToLower(key+value), "secret") || strings.Contains(strings.ToLower(key), "token") {
				t.Errorf("%s has a secret in its environment: %s", name, key)
			}
		}
		ports = append(ports, s.Ports...)
		if !strings.HasPrefix(name, "nats") && !slices.ContainsFunc(s.Command, func(arg string) bool { return strings.HasPrefix(arg, "--nats=tls://") }) {
			t.Errorf("%s reaches NATS without TLS", name)
		}
	}
	if !slices.Equal(ports, []string{"8480:8480"}) {
		t.Errorf("open ports: %v", ports)
	}
	conf := readDeploy(t, "nats.conf")
	for _, want := range []string{"sync_interval: always", "verify: true", `include "users.conf"`} {
		if !strings.Contains(conf, want) {
			t.Errorf("nats.conf has no %s", want)
		}
	}
}

// studioBuild is how the Dockerfile builds the program.
const studioBuild = `CGO_ENABLED=0 GOTOOLCHAIN=local go build -tags=urfave_cli_no_docs -trimpath -gcflags=cel.dev/...=-l -ldflags="-s -w -buildid=" -o /genproof-studio ./cmd/genproof-studio`

// The Dockerfile is the one of genproof, which a test of the repository looks at, for another program. It has
// not been run.
func TestStudioDockerfile_IsGenproofs(t *testing.T) {
	comments := regexp.MustCompile(`(?m)^#.*\n`)
	whole, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	text := readDeploy(t, "Dockerfile")
	if !strings.Contains(text, "Nothing has been built with this file yet.") {
		t.Error("it does not say that nobody has run it")
	}
	got := comments.ReplaceAllString(text, "")
	got = strings.Replace(got, "COPY --from=build --chown=65532:65532 /empty /data\n", "", 1)
	got = strings.Replace(got, "WORKDIR /data", "WORKDIR /work", 1)
	got = strings.Replace(got, studioBuild, "bash .ci/build /genproof", 1) // which has verifier.html in it
	if want := comments.ReplaceAllString(string(whole), ""); strings.ReplaceAll(got, "genproof-studio", "genproof") != want {
		t.Errorf("it differs from genproof's:\n%s\n%s", got, want)
	}
}

// Every folder that the program is made of is let in, and no drop, no key.
func TestStudioDockerignore_LetsInWhatIsBuilt(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(readDeploy(t, "Dockerfile.dockerignore")), "\n")
	if lines[1] != "*" || !slices.Contains(lines, "**/secrets.yaml") || !slices.Contains(lines, "**/*.key") {
		t.Errorf("%q", lines)
	}
	out, err := exec.Command("go", "list", "-deps", "-f", `{{if not .Standard}}{{.ImportPath}}{{end}}`, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Fields(string(out)) {
		folder, ours := strings.CutPrefix(name, "github.com/genproof/genproof/")
		if !ours || strings.HasPrefix(folder, "cmd/") {
			continue
		}
		if !slices.Contains(lines, "!"+strings.Split(folder, "/")[0]) {
			t.Errorf("%s is left out", folder)
		}
	}
}
