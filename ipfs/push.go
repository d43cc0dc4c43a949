package ipfs

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/ipfs/car"
)

const (
	dialTimeout    = 10 * time.Second
	idleTimeout    = 5 * time.Minute // without a byte either way; a node pins for a while
	maxAnswerBytes = 1 << 20
	maxErrorBytes  = 2000
)

// Push sends the CAR at path to the RPC API of an IPFS node, which imports and pins it, and
// returns the root. rpc is the API's address, such as http://127.0.0.1:5001, and may name a
// user and password. Nothing is sent anywhere else. Push succeeds only if the node names
// the root of this CAR and says that it is pinned. Progress, if not nil, is told the bytes sent.
func Push(ctx context.Context, path, rpc string, progress func(done, total int64)) (car.CID, error) {
	return pushOne(ctx, path, rpc, true, progress)
}

// PushPart is [Push] of one of several CARs of a folder but the last one, see [WriteCARs]: the
// node imports its blocks and pins nothing, as the folder is not whole yet.
func PushPart(ctx context.Context, path, rpc string, progress func(done, total int64)) (car.CID, error) {
	return pushOne(ctx, path, rpc, false, progress)
}

func pushOne(ctx context.Context, path, rpc string, pin bool, progress func(done, total int64)) (car.CID, error) {
	endpoint, err := importURL(rpc, pin)
	if err != nil {
		return car.CID{}, err
	}
	f, _, err := files.Open(path)
	if err != nil {
		return car.CID{}, fmt.Errorf("pushing CAR: %w", err)
	}
	defer f.Close()
	root, err := push(ctx, f, endpoint, pin, idleTimeout, progress)
	if err != nil {
		return car.CID{}, fmt.Errorf("pushing CAR %s to %s: %w", path, endpoint.Redacted(), err)
	}
	return root, nil
}

// nodeURL returns the address of a node's RPC API.
func nodeURL(rpc string) (*url.URL, error) {
	u, err := parseURL(rpc, "IPFS node", "http://127.0.0.1:5001")
	if err == nil && !strings.HasSuffix(strings.TrimRight(u.Path, "/"), "/api/v0") {
		u = u.JoinPath("api/v0")
	}
	return u, err
}

// parseURL reads an address to which paths are added.
func parseURL(address, what, example string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil { // its text holds the password, if there is one
		return nil, fmt.Errorf("address of the %s: not a URL, want one such as %s", what, example)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("address of the %s %q: want one such as %s", what, u.Redacted(), example)
	}
	return u, nil
}

// importURL returns the address of the node's import call.
func importURL(rpc string, pin bool) (*url.URL, error) {
	u, err := nodeURL(rpc)
	if err != nil {
		return nil, err
	}
	u = u.JoinPath("dag/import")
	u.RawQuery = fmt.Sprintf("pin-roots=%t", pin)
	return u, nil
}

// errIdle is a node that has stopped listening and talking.
var errIdle = errors.New("the node neither takes nor sends anything any more")

func push(ctx context.Context, f *os.File, endpoint *url.URL, pin bool, idle time.Duration, progress func(done, total int64)) (car.CID, error) {
	root, err := car.ReadHeader(f)
	if err != nil {
		return car.CID{}, err
	}
	info, err := f.Stat()
	if err != nil {
		return car.CID{}, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return car.CID{}, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(idle, func() { cancel(errIdle) })
	defer timer.Stop()
	alive := func(done int64) {
		timer.Reset(idle)
		if progress != nil {
			progress(done, info.Size())
		}
	}
	body, contentType := form(filepath.Base(f.Name()), &watched{f, 0, alive})
	defer body.Close()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint.String(), body)
	if err != nil {
		return car.CID{}, err
	}
	request.Header.Set("Content-Type", contentType)
	answer, err := client().Do(request)
	if err != nil {
		return car.CID{}, reason(ctx, err)
	}
	defer answer.Body.Close()
	if err := check(answer, root, pin); err != nil {
		return car.CID{}, reason(ctx, err)
	}
	return root, nil
}

// form streams a file as a multipart form.
func form(name string, file io.Reader) (io.ReadCloser, string) {
	r, w := io.Pipe()
	m := multipart.NewWriter(w)
	go func() {
		part, err := m.CreateFormFile("file", name)
		if err == nil {
			_, err = io.Copy(part, file)
		}
		if err == nil {
			err = m.Close()
		}
		w.CloseWithError(err)
	}()
	return r, m.FormDataContentType()
}

// watched tells how much of a file has been read.
type watched struct {
	io.Reader
	done int64
	tell func(done int64)
}

func (w *watched) Read(b []byte) (int, error) {
	n, err := w.Reader.Read(b)
	w.done += int64(n)
	w.tell(w.done)
	return n, err
}

// client follows no redirect: what is published goes to the node that was named.
func client() *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: dialTimeout}).DialContext,
			TLSHandshakeTimeout: dialTimeout,
			DisableKeepAlives:   true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// reason prefers why the context ended, and drops the method and address that the client
// puts before what went wrong.
func reason(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// check reads the node's answer: one JSON object a root, after an HTTP status that is
// settled before the import ends. A late error comes in the trailer.
func check(answer *http.Response, root car.CID, pin bool) error {
	body := io.LimitReader(answer.Body, maxAnswerBytes)
	if answer.StatusCode != http.StatusOK {
		return refusal(answer.Status, body)
	}
	pinned, err := findRoot(body, root)
	if late := answer.Trailer.Get("X-Stream-Error"); late != "" {
		return fmt.Errorf("the node says: %.2000q", late)
	}
	if err != nil {
		return err
	}
	if pin && !pinned {
		return fmt.Errorf("the node does not say that it has pinned %s; is this the RPC API of an IPFS node?", root)
	}
	return nil
}

// refusal is the node's own words.
func refusal(status string, body io.Reader) error {
	text, err := io.ReadAll(io.LimitReader(body, maxErrorBytes))
	if err != nil {
		return fmt.Errorf("the node says %q: %w", status, err)
	}
	var said struct{ Message string }
	if json.Unmarshal(text, &said) == nil && said.Message != "" {
		return fmt.Errorf("the node says %q: %q", status, said.Message)
	}
	return fmt.Errorf("the node says %q: %q", status, strings.TrimSpace(string(text)))
}

// findRoot reports whether a line of the answer says that root is imported and pinned.
func findRoot(body io.Reader, root car.CID) (bool, error) {
	found := false
	lines := bufio.NewScanner(body)
	for lines.Scan() {
		var line struct {
			Root *struct {
				Cid struct {
					CID string `json:"/"`
				}
				PinErrorMsg string
			}
			Message string
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return false, fmt.Errorf("the node's answer is not JSON: %.100q", lines.Text())
		}
		if line.Message != "" {
			return false, fmt.Errorf("the node says: %q", line.Message)
		}
		if line.Root == nil {
			continue
		}
		if line.Root.PinErrorMsg != "" {
			return false, fmt.Errorf("the node could not pin %.80q: %q", line.Root.Cid.CID, line.Root.PinErrorMsg)
		}
		c, err := decodeRoot(line.Root.Cid.CID)
		if err != nil || c != root {
			return false, fmt.Errorf("the node imported %.80q, want %s", line.Root.Cid.CID, root)
		}
		found = true
	}
	return found, lines.Err()
}
