// Package desk makes the console: the page at which authors and curators of a studio work. It is one
// file with one script and one style, which its content policy names by their hashes; it loads nothing,
// talks to the server it came from alone, and shows no picture that the server has not encoded.
//
// A token is typed in and stays in a variable of the page: it is in no address, cookie or storage, and gone
// with the tab.
package desk

import (
	"embed"
	"fmt"
	"strings"

	"github.com/genproof/genproof/page"
)

//go:embed desk.html desk.css script/*.js
var sources embed.FS

// scripts are the parts of the page's own script, in their order.
var scripts = []string{"server", "drops", "upload", "cards", "prove", "main"}

// Page returns the file, and the content policy that its answer has to have.
func Page() (html []byte, policy string, err error) {
	style, script, err := page.Shared()
	if err != nil {
		return nil, "", err
	}
	for _, name := range scripts {
		part, err := sources.ReadFile("script/" + name + ".js")
		if err != nil {
			return nil, "", err
		}
		script += string(part)
	}
	own, err := sources.ReadFile("desk.css")
	if err != nil {
		return nil, "", err
	}
	style += string(own)
	frame, err := sources.ReadFile("desk.html")
	if err != nil {
		return nil, "", err
	}
	text := string(frame)
	for name, part := range map[string]string{"{{style}}": style, "{{script}}": script} {
		if err := page.ClosesNothing(part); err != nil {
			return nil, "", fmt.Errorf("the console's %s: %w", name, err)
		}
		if strings.Count(text, name) != 1 {
			return nil, "", fmt.Errorf("the console has no %s", name)
		}
	}
	text = strings.NewReplacer("{{style}}", style, "{{script}}", script).Replace(text)
	return []byte(text), policyOf(style, script), nil
}

func policyOf(style, script string) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src '" + page.Hash(script) + "'",
		"style-src '" + page.Hash(style) + "'",
		"img-src blob:",
		"connect-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types 'none'",
	}, "; ")
}
