// Package page makes verifier.html: a verifier in one file, the same for every drop, which a
// browser opens from a disk or a server and which asks nothing of the network. Beside it stands
// verifier-online.html, with the same script, which asks the addresses that its reader types.
//
// Each file holds the verifier of cmd/verify-wasm, compressed, and what runs it. Its content
// policy allows this one script and this one style, by their SHA-256, and of verifier.html no
// connection at all.
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

//go:embed verifier.html network.html verifier.css script/*.js
var sources embed.FS

// scripts are the parts of the page's script, in their order.
var scripts = []string{"text", "picture", "input", "images", "verifier", "parts", "attested", "view", "shown", "online", "main"}

// shared are the parts of the script that other pages of the house have too.
var shared = []string{"text", "parts"}

// workers are the parts of the worker's script, in their order.
var workers = []string{"worker", "network"}

// The names of the files.
const (
	File       = "verifier.html"
	OnlineFile = "verifier-online.html"
)

// A variant is one of the files.
type variant struct{ file, title, where, connect, network, advice string }

// Verifier returns verifier.html. program is verify.wasm, runtime the wasm_exec.js of the Go that
// built it. The same arguments make the same bytes.
func Verifier(program, runtime []byte) ([]byte, error) {
	return compose(program, runtime, variant{
		file: File, title: "genproof verifier", connect: "'none'",
		where: "Checks what was published of a drop of NFTs, on this machine. Nothing leaves it: this page is allowed no connection.",
	})
}

// OnlineVerifier is [Verifier] for verifier-online.html.
func OnlineVerifier(program, runtime []byte) ([]byte, error) {
	network, err := sources.ReadFile("network.html")
	if err != nil {
		return nil, err
	}
	return compose(program, runtime, variant{
		file: OnlineFile, title: "genproof verifier, online", network: string(network),
		connect: "https: http://127.0.0.1:* http://localhost:*",
		where:   "Checks what was published of a drop of NFTs, on this machine. It asks the addresses that you type, and no others.",
		advice:  " Where nothing may leave your machine, take verifier.html.",
	})
}

func compose(program, runtime []byte, v variant) ([]byte, error) {
	packed, err := pack(program)
	if err != nil {
		return nil, err
	}
	script, err := joined(scripts)
	if err != nil {
		return nil, err
	}
	worker, err := joined(workers)
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
		{"{{policy}}", policy(script, string(style), v.connect)},
		{"{{title}}", v.title},
		{"{{style}}", string(style)},
		{"{{title}}", v.title},
		{"{{where}}", v.where},
		{"{{network}}", v.network},
		{"{{file}}", v.file},
		{"{{advice}}", v.advice},
		{"{{digest}}", fmt.Sprintf("%x", digest)},
		{"{{program}}", packed},
		{"{{runtime}}", string(runtime)},
		{"{{worker}}", worker},
		{"{{script}}", script},
	} {
		if err := ClosesNothing(part.text); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", v.file, part.name, err)
		}
		before, after, found := strings.Cut(text, part.name)
		if !found {
			return nil, fmt.Errorf("verifier.html has no %s", part.name)
		}
		text = before + part.text + after
	}
	return []byte(text), nil
}

// policy is the content security policy of a file with this script and this style, which may
// connect to these sources.
func policy(script, style, connect string) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src '" + Hash(script) + "' 'wasm-unsafe-eval'",
		"style-src '" + Hash(style) + "'",
		"img-src blob:",
		"worker-src blob:",
		"connect-src " + connect,
		"base-uri 'none'",
		"form-action 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types genproof",
	}, "; ")
}

// Shared returns the style sheet of the house's pages, and the script that shows texts of strangers so that
// they can pretend to be nothing else.
func Shared() (style, script string, err error) {
	sheet, err := sources.ReadFile("verifier.css")
	if err != nil {
		return "", "", err
	}
	script, err = joined(shared)
	return string(sheet), script, err
}

// Hash is a script or a style as a content policy allows it.
func Hash(text string) string {
	digest := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(digest[:])
}

// ClosesNothing holds that a text can stand within an element of HTML that holds raw text.
func ClosesNothing(text string) error {
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
