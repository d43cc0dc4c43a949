package genproof

import (
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// headings returns the numbered sections of a specification by their number, each with the
// anchor that its heading has on the web.
func headings(text string) map[string]string {
	anchors := map[string]string{}
	for _, h := range regexp.MustCompile(`(?m)^##+ (([0-9.]*[0-9])\.? .*)$`).FindAllStringSubmatch(text, -1) {
		anchor := regexp.MustCompile(`[^a-z0-9 -]`).ReplaceAllString(strings.ToLower(h[1]), "")
		anchors[h[2]] = strings.ReplaceAll(anchor, " ", "-")
	}
	return anchors
}

var specifications = map[string]string{"SPEC": "circuits/SPEC.md", "FORMAT": "bundle/FORMAT.md"}

// TestReferences_NameSections: "SPEC §3.4" in a comment is a section that exists.
func TestReferences_NameSections(t *testing.T) {
	reference := regexp.MustCompile(`(SPEC|FORMAT)(?:\.md)?,? (?:§ ?|[Ss]ection )([0-9]+(?:\.[0-9]+)?)`)
	sections, found := map[string]map[string]string{}, map[string]int{}
	for name, path := range specifications {
		sections[name] = headings(read(t, path))
	}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && (d.Name() == ".git" || d.Name() == "node_modules") {
			return fs.SkipDir
		}
		if err != nil || d.IsDir() || !regexp.MustCompile(`\.(go|md|sol)$`).MatchString(path) {
			return err
		}
		if path == "references_test.go" {
			return nil
		}
		for _, r := range reference.FindAllStringSubmatch(read(t, path), -1) {
			found[r[1]]++
			if _, exists := sections[r[1]][r[2]]; !exists {
				t.Errorf("%s: %q, but %s has no section %s", path, r[0], specifications[r[1]], r[2])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found["SPEC"] < 10 {
		t.Errorf("%d references to SPEC.md are found: the test reads them no more", found["SPEC"])
	}
}

// TestReferences_LinkSections: within a specification "section 7" is a link, whose anchor
// has the heading in it. So a section that is inserted moves no reference to another one.
func TestReferences_LinkSections(t *testing.T) {
	mention := regexp.MustCompile(`(\[)?[Ss]ection ([0-9]+(?:\.[0-9]+)?)(?:\]\(#([^)]*)\))?`)
	for _, path := range specifications {
		text := read(t, path)
		anchors := headings(text)
		for _, m := range mention.FindAllStringSubmatch(text, -1) {
			if anchor, exists := anchors[m[2]]; !exists || m[1] == "" || m[3] != anchor {
				t.Errorf("%s: %q, want [section %s](#%s)", path, m[0], m[2], anchor)
			}
		}
	}
}
