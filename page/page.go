// Package page makes verifier.html: a verifier in one file, the same for every drop, which a
// browser opens from a disk or a server and which asks nothing of the network.
//
// The file holds the verifier of cmd/verify-wasm, compressed, and what runs it. Its content
// policy allows this one script and this one style, by their SHA-256, and no connection at all.
package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

//go:embed verifier.html verifier.css script/*.js
var sources embed.FS

// scripts are the parts of the page's script, in their order.
var scripts = []string{"text", "picture", "input", "images", "verifier", "parts", "view", "shown", "main"}

// Verifier returns the file. program is verify.wasm, runtime the wasm_exec.js of the Go that built
// it. The same arguments make the same bytes.
func Verifier(program, runtime []byte) ([]byte, error) {
	packed, err := pack(program)
	if err != nil {
		return nil, err
	}
	script, err := joined(scripts)
	if err != nil {
		return nil, err
	}
	worker, err := sources.ReadFile("script/worker.js")
	if err != nil {
		return nil, err
	}
	style, err := sources.ReadFile("verifier.css")
	if err != nil {
		return nil, err
	}
	html, err := sources.ReadFile("verifier.html")
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(program)
	text := string(html)
	for _, part := range []struct{ name, text string }{
		{"{{policy}}", policy(script, string(style))},
		{"{{style}}", string(style)},
		{"{{digest}}", fmt.Sprintf("%x", digest)},
		{"{{program}}", packed},
		{"{{runtime}}", string(runtime)},
		{"{{worker}}", string(worker)},
		{"{{script}}", script},
	} {
		if err := closesNothing(part.text); err != nil {
			return nil, fmt.Errorf("verifier.html: %s: %w", part.name, err)
		}
		before, after, found := strings.Cut(text, part.name)
		if !found {
			return nil, fmt.Errorf("verifier.html has no %s", part.name)
		}
		text = before + part.text + after
	}
	return []byte(text), nil
}

// policy is the content security policy of a file with this script and this style.
func policy(script, style string) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src '" + hash(script) + "' 'wasm-unsafe-eval'",
		"style-src '" + hash(style) + "'",
		"img-src blob:",
		"worker-src blob:",
		"connect-src 'none'",
		"base-uri 'none'",
		"form-action 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types genproof",
	}, "; ")
}

func hash(text string) string {
	digest := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(digest[:])
}

// closesNothing holds that a text can stand within an element of HTML that holds raw text.
func closesNothing(text string) error {
	lower := strings.ToLower(text)
	for _, end := range []string{"</script", "<script", "</style", "<!--"} {
		if strings.Contains(lower, end) {
			return errors.New("it holds " + end)
		}
	}
	return nil
}

func joined(names []string) (string, error) {
	var all strings.Builder
	all.WriteString("\"use strict\";\n")
	for _, name := range names {
		data, err := sources.ReadFile("script/" + name + ".js")
		if err != nil {
			return "", err
		}
		all.Write(data)
	}
	return all.String(), nil
}

// pack compresses the program and writes it in base64.
func pack(program []byte) (string, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return "", err
	}
	if _, err := w.Write(program); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(packed.Bytes()), nil
}
