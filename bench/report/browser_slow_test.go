//go:build prover_checks

package report

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// chromium opens a page without network, and returns the document after all of it has
// loaded, and what the browser has logged.
func chromium(t *testing.T, page string) (dom, log string) {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed: the page is not looked at in a browser")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir="+filepath.Join(dir, "profile"),
		"--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--window-size=1000,3000", "--virtual-time-budget=5000", "--dump-dom", "file://"+file)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("chromium: %v\n%s", err, stderr.String())
	}
	return stdout.String(), stderr.String()
}

// consoleLines are what a page's console says.
func consoleLines(log string) (lines []string) {
	for line := range strings.Lines(log) {
		if strings.Contains(line, ":CONSOLE") {
			lines = append(lines, line)
		}
	}
	return lines
}

// measuring is put into a copy of the page: it writes for each picture how large it is, and
// which of its texts the browser's font takes out of it.
const measuring = `<script>
const found = [...document.querySelectorAll("svg")].map(svg => {
	const all = svg.getBoundingClientRect();
	const cut = [...svg.querySelectorAll("text")].filter(text => {
		const b = text.getBoundingClientRect();
		return !(b.width > 0 && b.left >= all.left && b.right <= all.right && b.top >= all.top && b.bottom <= all.bottom);
	});
	return (all.width > 300 && all.height > 80 ? "fine" : "small") + cut.map(text => " cut:" + text.textContent).join("");
});
document.title = "measured: " + found.join("; ");
</script></body>`

func TestSlowPage_LooksRightInABrowser(t *testing.T) {
	r := sampleRun(t)
	page := pageOf(t, r)
	dom, log := chromium(t, page)
	if n := strings.Count(dom, "<svg "); n != len(all) {
		t.Errorf("the browser sees %d pictures", n)
	}
	if lines := consoleLines(log); len(lines) != 0 {
		t.Errorf("the console says %q", lines)
	}
	open := strings.Replace(page, `default-src 'none';`, `default-src 'none'; script-src 'unsafe-inline';`, 1)
	dom, _ = chromium(t, strings.Replace(open, "</body>", measuring, 1))
	want := "<title>measured: " + strings.Repeat("fine; ", len(all)-1) + "fine</title>"
	if !strings.Contains(dom, want) {
		at := max(0, strings.Index(dom, "<title>"))
		t.Errorf("got %.600s", dom[at:])
	}
}

// TestSlowPage_TheBrowserWouldTell: what the other test looks for shows when it is there.
func TestSlowPage_TheBrowserWouldTell(t *testing.T) {
	page := pageOf(t, sampleRun(t))
	_, log := chromium(t, strings.Replace(page, "</body>", `<img src="https://example.org/x.png"><script>1</script></body>`, 1))
	if lines := consoleLines(log); len(lines) < 2 {
		t.Errorf("a page that wants to load and run something: the console says %q", lines)
	}
}

func TestSlowPage_RunsNothingOfAHostileRun(t *testing.T) {
	dom, log := chromium(t, pageOf(t, poisoned(t)))
	if lines := consoleLines(log); len(lines) != 0 || strings.Contains(dom, "<script") {
		t.Errorf("the console says %q", lines)
	}
}
