package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/service"
	"github.com/genproof/genproof/service/thumbnail"
	"github.com/genproof/genproof/service/web"
	"github.com/genproof/genproof/service/worker"
)

func (p *program) serveVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "serve", Usage: "answer over HTTP: uploads, checks, proofs, publications; until it is stopped",
		Description: "Tokens are made by genproof-studio tokens new. Keys come from the key store: genproof setup makes them. GET /openapi.json describes the interface.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "data", Usage: "the `FOLDER` of drops and of the studio", Required: true},
			&cli.StringFlag{Name: "http", Value: "127.0.0.1:8480", Usage: "`HOST:PORT` to answer at: of loopback, or with --tls-cert"},
			&cli.StringSliceFlag{Name: "host", Usage: "a `NAME` that clients call the server by (default: the one of --http)"},
			&cli.IntFlag{Name: "rate", Value: 600, Usage: "requests a minute of one token, or of one address without"},
			&cli.Int64Flag{Name: "quota", Value: 50 << 30, Usage: "`BYTES` that one tenant may have uploaded"},
			&cli.StringFlag{Name: "metrics", Usage: "`HOST:PORT` where Prometheus gets measurements, at /metrics with an auditor's token; empty: nowhere"},
			&cli.StringFlag{Name: "anchor", Usage: "the `FILE`, on a disk of somebody else, that gets the heads of all logs every day: a folder that was written anew or put back from an old copy is refused then"},
			&cli.BoolFlag{Name: "openapi", Usage: "print the OpenAPI file and end"},
		}, append(studioFlags(), vaultFlags()...)...),
		Action: p.serve,
	})
}

// dropsDir is the folder of drops in a server's.
const dropsDir = "drops"

func (p *program) serve(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	host, _, err := net.SplitHostPort(c.String("http"))
	if err != nil {
		return fmt.Errorf("--http: %w", err)
	}
	keys, err := store(c)
	if err != nil {
		return err
	}
	o, err := p.studioOptions(c, c.String("data"))
	if err != nil {
		return err
	}
	for _, name := range []string{"http", "metrics"} {
		if err := loopbackOrTLS(c.String(name), o.TLS != nil); err != nil {
			return err
		}
	}
	v, err := openVault(c, c.String("data"))
	if err != nil {
		return err
	}
	if file := c.String("anchor"); file != "" && isWithin(c.String("data"), file) {
		return console.Hint(errors.New("--anchor: the anchors lie where the logs are"), "whoever puts back an old copy of --data would put them back too: keep them elsewhere")
	}
	track := web.NewTracker()
	o.Coordinator.Progress = track.Set
	s, err := service.Open(c.Context, o)
	if err != nil {
		return err
	}
	defer s.Close()
	hosts := c.StringSlice("host")
	if len(hosts) == 0 {
		hosts = []string{host, "localhost"}
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	apart := &thumbnail.Apart{Program: program, Args: []string{thumbnailVerb}}
	server, err := web.New(c.Context, web.Options{
		Dir: filepath.Join(c.String("data"), dropsDir), Studio: s, Store: keys, Vault: v, Hosts: hosts, Track: track, Log: p.Log, Rate: c.Int("rate"), Quota: c.Int64("quota"), Anchor: c.String("anchor"), Thumbnail: apart.Make,
	})
	if err != nil {
		return err
	}
	defer server.Close()
	if c.Bool("openapi") {
		text, err := json.MarshalIndent(server.OpenAPI(), "", "  ")
		if err == nil {
			p.Say("%s", text)
		}
		return err
	}
	if err := s.WorkWith(c.Int("workers"), func() (worker.Keys, error) { return &worker.Stored{Store: keys}, nil }); err != nil {
		return err
	}
	if address := c.String("metrics"); address != "" {
		stop, err := p.measure(address, o.TLS, server)
		if err != nil {
			return err
		}
		defer stop()
	}
	return p.answer(c.Context, c.String("http"), o.TLS, s, server)
}

// loopbackOrTLS sees that tokens are not on a wire for everybody to read.
func loopbackOrTLS(address string, hasTLS bool) error {
	if address == "" || hasTLS {
		return nil
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); (ip == nil || !ip.IsLoopback()) && host != "localhost" {
		return console.Hint(fmt.Errorf("%s is not loopback: tokens would be on the wire for everybody to read", host), "name a certificate with --tls-cert and --tls-key")
	}
	return nil
}

// measure answers Prometheus until what it returns is called.
func (p *program) measure(address string, config *tls.Config, server *web.Server) (stop func(), err error) {
	listener, err := listen(address, config)
	if err != nil {
		return nil, fmt.Errorf("--metrics: %w", err)
	}
	h := &http.Server{Handler: server.Metrics(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 10 * time.Second, MaxHeaderBytes: 16 << 10}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := h.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			p.Log.Error().Err(err).Msg("measurements are answered no more")
		}
	}()
	if p.JSON {
		p.Note(map[string]string{"metrics": listener.Addr().String()})
	} else {
		fmt.Fprintf(p.Stderr, "genproof-studio: measurements at %s/metrics\n", listener.Addr())
	}
	return func() { _ = h.Close(); <-ended }, nil
}

func listen(address string, config *tls.Config) (net.Listener, error) {
	inner, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	listener := web.Patience{}.Listen(inner)
	if config == nil {
		return listener, nil
	}
	config = config.Clone()
	config.NextProtos = []string{"h2", "http/1.1"}
	return tls.NewListener(listener, config), nil
}

// answer listens until it is stopped.
func (p *program) answer(ctx context.Context, address string, config *tls.Config, s *service.Studio, server *web.Server) error {
	listener, err := listen(address, config)
	if err != nil {
		return fmt.Errorf("--http: %w", err)
	}
	scheme := "http"
	if config != nil {
		scheme = "https"
	}
	url := scheme + "://" + listener.Addr().String()
	if p.JSON {
		p.Note(map[string]string{"url": url})
	} else {
		fmt.Fprintf(p.Stderr, "genproof-studio: %s\n", url)
	}
	if err := p.tellWhere(s); err != nil {
		return err
	}
	err = server.Serve(ctx, func(h *http.Server) error { return h.Serve(listener) })
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
