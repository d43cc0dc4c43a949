package ipfs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/genproof/genproof/ipfs/car"
)

// blockTimeout is how long one block, at most 2 MiB, may take.
const blockTimeout = 2 * time.Minute

// A Source hands out blocks by CID. Nothing it says is trusted.
type Source struct {
	method string
	url    func(c car.CID) string
	name   string // for people: without a password
	client *http.Client
}

// Gateway returns the trustless gateway at an address such as https://ipfs.io: it is asked
// for raw blocks, GET /ipfs/CID?format=raw. Redirects are followed, at most maxRedirects and none
// from https to http; of a refusal that another host than the named one answers, errors tell the
// status alone: a gateway that redirects into a network that its user can see must not make an
// error quote what stands there.
func Gateway(address string) (*Source, error) {
	u, err := parseURL(address, "gateway", "https://ipfs.io")
	if err != nil {
		return nil, err
	}
	c := client()
	c.CheckRedirect = follow
	return &Source{
		method: http.MethodGet, name: u.Redacted(), client: c,
		url: func(c car.CID) string {
			at := u.JoinPath("ipfs", c.String())
			at.RawQuery = "format=raw"
			return at.String()
		},
	}, nil
}

// Node returns the RPC API of an IPFS node at an address such as http://127.0.0.1:5001,
// which may name a user and password.
func Node(rpc string) (*Source, error) {
	u, err := nodeURL(rpc)
	if err != nil {
		return nil, err
	}
	return &Source{
		method: http.MethodPost, name: u.Redacted(), client: client(),
		url: func(c car.CID) string {
			at := u.JoinPath("block/get")
			at.RawQuery = url.Values{"arg": {c.String()}}.Encode()
			return at.String()
		},
	}, nil
}

// maxRedirects is enough for gateways that give each CID a host of its own.
const maxRedirects = 3

func follow(next *http.Request, before []*http.Request) error {
	switch {
	case len(before) > maxRedirects:
		return fmt.Errorf("more than %d redirects", maxRedirects)
	case before[0].URL.Scheme == "https" && next.URL.Scheme != "https":
		return errors.New("a redirect from https to http")
	}
	return nil
}

// Name is the source's address without a password.
func (s *Source) Name() string { return s.name }

// Block fetches a block of at most 2 MiB and checks that it is what its CID says.
func (s *Source) Block(ctx context.Context, c car.CID) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, blockTimeout)
	defer cancel()
	b, err := s.fetch(ctx, c)
	if err == nil {
		err = c.Check(b)
	}
	if err != nil {
		return nil, fmt.Errorf("fetching block %s from %s: %w", c, s.name, err)
	}
	return b, nil
}

func (s *Source) fetch(ctx context.Context, c car.CID) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, s.method, s.url(c), nil)
	if err != nil {
		return nil, errors.New("not an address")
	}
	request.Header.Set("Accept", "application/vnd.ipld.raw")
	answer, err := s.client.Do(request)
	if err != nil {
		return nil, reason(ctx, err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		if answer.Request.URL.Host != request.URL.Host {
			return nil, fmt.Errorf("the host that it redirects to says %q", answer.Status)
		}
		return nil, refusal(answer.Status, answer.Body)
	}
	b, err := io.ReadAll(io.LimitReader(answer.Body, car.MaxBlockBytes+1))
	if err != nil {
		return nil, reason(ctx, err)
	}
	if len(b) > car.MaxBlockBytes {
		return nil, fmt.Errorf("more than %d bytes", car.MaxBlockBytes)
	}
	return b, nil
}
