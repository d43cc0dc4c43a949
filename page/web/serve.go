// Package web serves a site's folder on this machine, and reads a site from an address: all that
// sites have to do with the network.
package web

import (
	"bytes"
	"errors"
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

// Handler serves the files of one folder to who names this machine, at these ports, and nothing
// else: no listing, no link, no other method than GET and HEAD.
func Handler(folder *files.Folder, port string) http.Handler {
	hosts := map[string]bool{net.JoinHostPort("127.0.0.1", port): true, net.JoinHostPort("localhost", port): true}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for name, value := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Referrer-Policy": "no-referrer",
			"Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()", "Cache-Control": "no-store", "Content-Security-Policy": ofOthers,
		} {
			h.Set(name, value)
		}
		switch {
		case !hosts[r.Host]: // a name that somebody has made to lead here
			http.Error(w, "this server answers to its own address only", http.StatusMisdirectedRequest)
			return
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			http.Error(w, "only GET", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" {
			name = "index.html"
		}
		data, err := folder.Read(name, maxServed)
		if err != nil {
			refuse(w, err)
			return
		}
		kind, known := types[path.Ext(name)]
		if !known {
			kind = "application/octet-stream"
		}
		h.Set("Content-Type", kind)
		h.Set("Content-Security-Policy", policyOf(name))
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	})
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

// refuse says nothing of what is in the folder.
func refuse(w http.ResponseWriter, err error) {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, files.ErrNotRegular) {
		http.Error(w, "there is no such file", http.StatusNotFound)
		return
	}
	http.Error(w, "the file cannot be read", http.StatusInternalServerError)
}
