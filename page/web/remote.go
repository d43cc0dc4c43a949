package web

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"github.com/genproof/genproof/files"
)

// A Remote is a site at an address. It implements [site.Files]; its files cannot be listed.
type Remote struct {
	ctx    context.Context
	base   *url.URL
	client *http.Client
}

// Open returns the site at an address of http or https. Nothing is asked before a file is read.
func Open(ctx context.Context, address string) (*Remote, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" {
		return nil, fmt.Errorf("%.200q is no address of a site", address)
	}
	u.Fragment = ""
	u.Path = strings.TrimSuffix(u.Path, "index.html")
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	return &Remote{ctx, u, &http.Client{Timeout: patience, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if r.URL.Host != u.Host || r.URL.Scheme != u.Scheme || len(via) > 3 {
			return errors.New("it leads to another address")
		}
		return nil
	}}}, nil
}

// Names returns nothing: a server lists no files.
func (r *Remote) Names() ([]string, error) { return nil, nil }

// Read returns a file of at most limit bytes. No error quotes what the server said.
func (r *Remote) Read(name string, limit int64) ([]byte, error) {
	request, err := http.NewRequestWithContext(r.ctx, http.MethodGet, r.base.JoinPath(name).String(), nil)
	if err != nil {
		return nil, err
	}
	answer, err := r.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close() // only read
	switch answer.StatusCode {
	case http.StatusOK:
		return files.ReadFrom(answer.Body, name, limit)
	case http.StatusNotFound, http.StatusGone:
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	return nil, fmt.Errorf("reading %s: the server answers with status %d", name, answer.StatusCode)
}
