// Package web is a studio's HTTP interface: authors upload collections, have them imported, checked
// and proven, and fetch what is to be published.
//
// Every request brings a token in its Authorization header, and nowhere else: there are no cookies,
// so no foreign page can use one. A token is of one tenant and one scope; a drop of another tenant
// is told apart from none by nobody. The interface is described by its OpenAPI file.
package web

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"
	"github.com/rs/zerolog"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/service"
	"github.com/genproof/genproof/service/anchor"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/record"
	"github.com/genproof/genproof/service/state"
	"github.com/genproof/genproof/service/thumbnail"
	"github.com/genproof/genproof/service/vault"
	"github.com/genproof/genproof/setup"
)

// Options are of a server.
type Options struct {
	Dir    string // of the drops
	Studio *service.Studio
	Store  *setup.Store // where keys are: none are made here
	Hosts  []string     // what the Host header may say, with or without a port
	Track  *Tracker     // told of every batch by the studio's coordinator
	Log    zerolog.Logger
	Rate   int          // requests a minute of one token or address; 0: 600
	Vault  *vault.Vault // keeps hidden files encrypted; nil: they are as safe as the disk is
	Quota  int64        // bytes that one tenant may have uploaded; 0: 50 GiB

	Patience Patience // with slow clients

	Thumbnail func([]byte) ([]byte, error) // makes a thumbnail of a picture; nil: [thumbnail.Make], in this process

	Anchor      string        // the file that heads of logs go into, every day; empty: nowhere
	AnchorEvery time.Duration // 0: a day
}

// Names in the folder of drops, besides theirs.
const (
	answersDir = "answers" // what idempotency keys have brought
	logKeyFile = "log.key" // the secret key that signs the logs of drops
)

// A Server answers requests.
type Server struct {
	o          Options
	api        huma.API
	router     chi.Router
	metrics    *metrics
	once       *memory
	key        *attest.Key // signs the logs of drops
	shelves    shelves
	changing   locks // by drop
	reading    reading
	thumbnails thumbnail.Cache
	anchors    *anchor.File // nil: heads go nowhere

	ctx   context.Context
	stop  context.CancelFunc
	busy  sync.WaitGroup
	mu    sync.Mutex
	runs  map[message.DropID]*run
	books map[message.DropID]*record.Book
	open  map[message.DropID]bool // whose logs may be open

	documents map[message.DropID][]string // digests, in hex
}

// New returns a server, which goes on with the proofs that were asked for before it was stopped.
func New(ctx context.Context, o Options) (*Server, error) {
	if o.Rate == 0 {
		o.Rate = 600
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, err
	}
	ignore := filepath.Join(o.Dir, ".gitignore") // it holds secrets
	if err := files.Create(ignore, []byte("*\n"), files.Public); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	if o.Quota == 0 {
		o.Quota = 50 << 30
	}
	o.Patience.fill()
	s := &Server{
		o: o, router: chi.NewRouter(), runs: map[message.DropID]*run{}, books: map[message.DropID]*record.Book{}, open: map[message.DropID]bool{}, documents: map[message.DropID][]string{}, shelves: shelves{drops: map[message.DropID]*shelf{}, known: map[string]bool{}},
		reading: reading{given: map[given]time.Time{}, begun: time.Now()},
	}
	s.thumbnails.Make = o.Thumbnail
	s.metrics = newMetrics(s.depth)
	var err error
	if s.once, err = newMemory(filepath.Join(o.Dir, answersDir)); err != nil {
		return nil, err
	}
	if s.key, err = record.LoadKey(filepath.Join(o.Dir, logKeyFile)); err != nil {
		return nil, err
	}
	s.ctx, s.stop = context.WithCancel(ctx)
	s.guard()
	config := huma.DefaultConfig("genproof studio", "1.0.0")
	config.DocsPath, config.SchemasPath, config.CreateHooks = "", "", nil // nothing that loads scripts from elsewhere
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	s.api = humachi.New(s.router, config)
	s.api.UseMiddleware(s.authenticate)
	s.routes()
	if err := s.sealAll(); err != nil {
		return nil, err
	}
	if err := s.openAnchors(); err != nil {
		return nil, err
	}
	if err := s.resume(); err != nil {
		return nil, err
	}
	s.anchorDaily()
	return s, nil
}

// Handler answers requests.
func (s *Server) Handler() http.Handler { return s.router }

// OpenAPI describes the interface.
func (s *Server) OpenAPI() *huma.OpenAPI { return s.api.OpenAPI() }

// Close ends what is under way. What is proven is on disk, and goes on with the next server.
func (s *Server) Close() {
	s.stop()
	s.busy.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closeBooks()
}

// Serve answers on a listener until ctx ends; then requests have some seconds to end.
func (s *Server) Serve(ctx context.Context, serve func(*http.Server) error) error {
	h := &http.Server{
		Handler: s.router, ReadHeaderTimeout: s.o.Patience.Header, ReadTimeout: s.o.Patience.Header + s.o.Patience.File, IdleTimeout: s.o.Patience.Idle, MaxHeaderBytes: 16 << 10,
	}
	ended := make(chan error, 1)
	go func() { ended <- serve(h) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	s.stop() // streams end
	last, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	err := h.Shutdown(last)
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// A caller is who asks: the token that a request was let in by.
type callerKey struct{}

func caller(ctx context.Context) state.Token {
	t, _ := ctx.Value(callerKey{}).(state.Token)
	return t
}
