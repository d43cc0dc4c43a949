package page

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The verifier's page and a site have the same colours, and decode images in the same way: what stands in
// both is the same.
func TestTwins_AreTheSame(t *testing.T) {
	text := func(path string) string {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	head := func(path string) string {
		before, _, found := strings.Cut(text(path), "[hidden] { display: none !important; }\n")
		if !found || strings.Count(before, "\n") != 12 {
			t.Fatalf("%s begins in another way", path)
		}
		return before
	}
	if head("verifier.css") != head("site/site.css") {
		t.Error("the style sheets begin with other colours")
	}
	comments := regexp.MustCompile(`(?m)\s*//.*$`)
	limiter := func(path string) string {
		script := comments.ReplaceAllString(text(path), "")
		most := regexp.MustCompile(`const atOnce = \d+;`).FindString(script)
		_, after, found := strings.Cut(script, "let running = 0;")
		body, _, ends := strings.Cut(after, "\n}\n")
		if !found || !ends || most == "" {
			t.Fatalf("%s has no limit", path)
		}
		return most + strings.ReplaceAll(body, "\n\n", "\n")
	}
	if a, b := limiter("script/images.js"), limiter("site/script/pictures.js"); a != b {
		t.Errorf("images are limited in two ways: %s\n%s", a, b)
	}
}
