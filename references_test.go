package genproof

import (
	"io/fs"
	"os"
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

// TestReferences_LinksLeadSomewhere: what a text links to is a file or folder of the repository,
// and a heading of it where the link names one.
func TestReferences_LinksLeadSomewhere(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading := regexp.MustCompile(`(?m)^#+ (.*)$`)
	anchors := func(text string) map[string]bool {
		found := map[string]bool{}
		for _, h := range heading.FindAllStringSubmatch(text, -1) {
			plain := regexp.MustCompile(`[^\pL\pN_ -]`).ReplaceAllString(strings.ToLower(h[1]), "")
			found[strings.ReplaceAll(plain, " ", "-")] = true
		}
		return found
	}
	files, links := 0, 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && (d.Name() == ".git" || d.Name() == "node_modules" || d.Name() == "lib") {
			return fs.SkipDir
		}
		if err != nil || d.IsDir() || filepath.Ext(path) != ".md" || path == filepath.Join("drop", "testdata", "reference.md") {
			return err // reference.md is made into drop/REFERENCE.md, from where its links lead
		}
		files++
		for _, m := range link.FindAllStringSubmatch(read(t, path), -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			links++
			target, anchor, _ := strings.Cut(m[1], "#")
			file := path
			if target != "" {
				file = filepath.Join(filepath.Dir(path), filepath.FromSlash(target))
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s links to %s: %v", path, m[1], err)
			} else if anchor != "" && !anchors(read(t, file))[anchor] {
				t.Errorf("%s links to %s: there is no such heading", path, m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 20 || links < 80 {
		t.Errorf("%d files and %d links are found: the test reads them no more", files, links)
	}
}
