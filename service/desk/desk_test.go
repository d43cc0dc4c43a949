package desk_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"github.com/genproof/genproof/service/desk"
)

// The page's policy allows the one script and the one style that are in it, and no connection but to its
// own server.
func TestPage_AllowsWhatIsInIt(t *testing.T) {
	html, policy, err := desk.Page()
	if err != nil {
		t.Fatal(err)
	}
	for _, element := range []string{"script", "style"} {
		parts := regexp.MustCompile(`(?s)<`+element+`>(.*?)</`+element+`>`).FindAllSubmatch(html, -1)
		if len(parts) != 1 {
			t.Fatalf("%d elements %s", len(parts), element)
		}
		sum := sha256.Sum256(parts[0][1])
		if want := element + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "';"; !strings.Contains(policy, want) {
			t.Errorf("%s is not allowed by %s", want, policy)
		}
	}
	for _, rule := range []string{"default-src 'none'", "connect-src 'self'", "img-src blob:", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"} {
		if !strings.Contains(policy, rule) {
			t.Errorf("the policy has no %s", rule)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
		t.Error(policy)
	}
	for _, bad := range []string{"innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "new Function", "localStorage", "sessionStorage", "indexedDB", "document.cookie", "EventSource", "<iframe", "http://", " onclick="} {
		if bytes.Contains(bytes.ReplaceAll(html, []byte("http://www.w3.org/2000/svg"), nil), []byte(bad)) {
			t.Errorf("the page has %s", bad)
		}
	}
	again, _, _ := desk.Page()
	if !bytes.Equal(html, again) {
		t.Error("two pages differ")
	}
}
