// Make builds js/verify/dist, the files of the npm package @genproof/verify:
//
//	go run ./js/verify/make js/verify
//
// from anywhere in the repository. The argument is the package's folder. The same commit and the
// same version of Go make the same files everywhere.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/genproof/genproof/page/program"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	if len(args) != 1 {
		fmt.Fprintln(stderr, "usage: go run ./js/verify/make FOLDER")
		return 2
	}
	wasm, runtime, err := program.Build()
	if err == nil {
		err = write(args[0], wasm, string(runtime))
	}
	if err != nil {
		fmt.Fprintln(stderr, "error:", err)
		return 2
	}
	fmt.Fprintf(stdout, "%x  verify.wasm\n", sha256.Sum256(wasm))
	return 0
}

// copied are files of src that are the package's as they are.
var copied = []string{"arguments.js", "chain.js", "core.js", "node.js", "browser.js", "webworker.js", "inline.js", "wasm.js", "index.d.ts", "wasm.d.ts"}

// write makes dist anew.
func write(dir string, wasm []byte, runtime string) error {
	dist := filepath.Join(dir, "dist")
	if err := errors.Join(os.RemoveAll(dist), os.Mkdir(dist, 0o755)); err != nil {
		return err
	}
	body, err := os.ReadFile(filepath.Join(dir, "src", "worker.js"))
	if err != nil {
		return err
	}
	web, node := workers(runtime, string(body))
	packed, err := pack(wasm)
	if err != nil {
		return err
	}
	list := map[string][]byte{
		"verify.wasm":    wasm,
		"digest.js":      fmt.Appendf(nil, "export const wasmDigest = \"%x\";\n", sha256.Sum256(wasm)),
		"worker.js":      []byte(web),
		"node-worker.js": []byte(node),
		"packed.js":      fmt.Appendf(nil, "export const worker = %s;\nexport const program = %q;\n", quoted(web), packed),
	}
	for _, name := range copied {
		if list[name], err = os.ReadFile(filepath.Join(dir, "src", name)); err != nil {
			return err
		}
	}
	for name, data := range list {
		if err := os.WriteFile(filepath.Join(dist, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// workers are the programs of a browser's worker, a classic script, and of Node's, a module. Go's
// runtime leaves nothing behind in them, and what a panic prints goes nowhere.
func workers(runtime, body string) (web, node string) {
	const quiet = "for (const name of [\"log\", \"warn\", \"error\"]) console[name] = () => {};\n"
	own := "(() => {\n" + runtime + "\n})();\nconst Go = globalThis.Go;\ndelete globalThis.Go;\n" + quiet + body
	web = "\"use strict\";\n" + own + "\nconst send = (message) => postMessage(message);\nonmessage = ({ data }) => handle(data);\n"
	node = "import { parentPort } from \"node:worker_threads\";\n" + own + "\nconst send = (message) => parentPort.postMessage(message);\nparentPort.on(\"message\", handle);\n"
	return web, node
}

// quoted writes a text as JavaScript, for a script within a page too.
func quoted(s string) string {
	return "\"" + strings.NewReplacer("\\", "\\\\", "\"", "\\\"", "\n", "\\n", "\r", "\\r", "\u2028", "\\u2028", "\u2029", "\\u2029", "<", "\\u003c").Replace(s) + "\""
}

// pack compresses the program and writes it in base64.
func pack(program []byte) (string, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err == nil {
		_, err = w.Write(program)
	}
	if err == nil {
		err = w.Close()
	}
	return base64.StdEncoding.EncodeToString(packed.Bytes()), err
}
