// Package web serves a site's folder on this machine, and reads a site from an address: all that
// sites have to do with the network.
package web

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/page/site"
)

// policies are the headers of all answers, and those of some files beside what the pages say
// themselves.
const (
	inNoFrame = "frame-ancestors 'none'"
	ofPages   = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; " + inNoFrame
	ofImages  = "default-src 'none'; style-src 'unsafe-inline'; sandbox; " + inNoFrame
	ofOthers  = "default-src 'none'; sandbox; " + inNoFrame
)

// types are the kinds of files that are served as what they are; all others are bytes.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
	".png": "image/png", ".jpg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".svg": "image/svg+xml",
}

// maxServed bounds a file that is served, in bytes.
const maxServed = site.MaxImage

// Bounds of what one connection may cost.
const (
	maxRequest = 16 << 10 // bytes of a request
	maxAtOnce  = 64       // connections
	patience   = 30 * time.Second
)

// Serve serves the files of one folder at a listener of this machine, to who names this machine and
// the port, until ctx ends: no listing, no link, no other method than GET and HEAD. A connection
// has one request. The server of net/http would do the same and add 600 kB to the program.
func Serve(ctx context.Context, l net.Listener, folder *files.Folder) error {
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer stop()
	slots := make(chan struct{}, maxAtOnce)
	for {
		c, err := l.Accept()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return c.Close()
		}
		go func() {
			defer func() { <-slots }()
			one(c, folder, port)
		}()
	}
}

// one answers one request. Whoever sends none, or reads no answer, is left.
func one(c net.Conn, folder *files.Folder, port string) {
	defer c.Close()
	if c.SetDeadline(time.Now().Add(patience)) != nil {
		return
	}
	request, err := http.ReadRequest(bufio.NewReader(io.LimitReader(c, maxRequest)))
	if err != nil {
		return
	}
	_ = answer(request, folder, port).Write(c) // nobody is there to be told
}

// answer is what a request gets.
func answer(r *http.Request, folder *files.Folder, port string) *http.Response {
	switch {
	case r.Host != net.JoinHostPort("127.0.0.1", port) && r.Host != net.JoinHostPort("localhost", port): // a name that somebody has made to lead here
		return refusal(r, http.StatusMisdirectedRequest, "this server answers to its own address only")
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return refusal(r, http.StatusMethodNotAllowed, "only GET")
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" {
		name = "index.html"
	}
	data, err := folder.Read(name, maxServed)
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, files.ErrNotRegular):
		return refusal(r, http.StatusNotFound, "there is no such file")
	case err != nil:
		return refusal(r, http.StatusInternalServerError, "the file cannot be read")
	}
	kind, known := types[path.Ext(name)]
	if !known {
		kind = "application/octet-stream"
	}
	return response(r, http.StatusOK, kind, policyOf(name), data)
}

func refusal(r *http.Request, status int, text string) *http.Response {
	return response(r, status, "text/plain; charset=utf-8", ofOthers, []byte(text+"\n"))
}

func response(r *http.Request, status int, kind, policy string, data []byte) *http.Response {
	h := http.Header{}
	for name, value := range map[string]string{
		"Content-Type": kind, "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		"Referrer-Policy": "no-referrer", "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()", "Cache-Control": "no-store",
	} {
		h.Set(name, value)
	}
	return &http.Response{
		Request: r, StatusCode: status, ProtoMajor: 1, ProtoMinor: 1, Header: h, Close: true,
		ContentLength: int64(len(data)), Body: io.NopCloser(bytes.NewReader(data)),
	}
}

// policyOf is what a file may do. verifier.html has a policy of its own in it.
func policyOf(name string) string {
	switch {
	case name == site.VerifierFile:
		return inNoFrame
	case strings.HasPrefix(name, "images/"):
		return ofImages
	case strings.HasPrefix(name, "publication/"):
		return ofOthers
	}
	return ofPages
}
