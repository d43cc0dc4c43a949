package web

import (
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
)

type none struct{}

type statusAnswer struct {
	Body struct {
		Status string `json:"status"`
	}
}

func (s *Server) health(context.Context, *none) (*statusAnswer, error) {
	out := new(statusAnswer)
	out.Body.Status = "ok"
	return out, nil
}

func (s *Server) ready(ctx context.Context, in *none) (*statusAnswer, error) {
	if err := s.o.Studio.Ready(); err != nil {
		return nil, huma.Error503ServiceUnavailable("jobs cannot be queued now")
	}
	return s.health(ctx, in)
}

func (s *Server) measurements(context.Context, *none) (*huma.StreamResponse, error) {
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		r, w := humachi.Unwrap(ctx)
		s.metrics.handler().ServeHTTP(w, r)
	}}, nil
}

// A dropView is a drop as its tenant sees it.
type dropView struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Created time.Time `json:"created"`
	Status  string    `json:"status" enum:"new,proving,done,stopped"`
	Done    int       `json:"done" doc:"batches that are proven"`
	Total   int       `json:"total" doc:"batches, once proving has begun"`
}

func (s *Server) view(p *place) dropView {
	v := dropView{ID: p.id.String(), Name: p.meta.Name, Created: p.meta.Created, Status: s.status(p.id)}
	v.Done, v.Total, _ = s.o.Track.get(p.id)
	return v
}

type dropAnswer struct{ Body dropView }

type createInput struct {
	Key  string `header:"Idempotency-Key" maxLength:"200"`
	Body struct {
		Name string `json:"name" minLength:"1" maxLength:"100"`
	}
}

func (s *Server) createDrop(ctx context.Context, in *createInput) (*dropAnswer, error) {
	t := caller(ctx)
	return do(s.once, t.ID, "create", in.Key, in.Body, func() (*dropAnswer, error) {
		p, err := s.create(t.Tenant, in.Body.Name)
		if err != nil {
			return nil, err
		}
		return &dropAnswer{s.view(p)}, nil
	})
}

type dropsAnswer struct {
	Body struct {
		Drops []dropView `json:"drops"`
	}
}

func (s *Server) listDrops(ctx context.Context, _ *none) (*dropsAnswer, error) {
	list, err := s.list(caller(ctx).Tenant)
	if err != nil {
		return nil, err
	}
	out := new(dropsAnswer)
	out.Body.Drops = []dropView{}
	for _, p := range list {
		out.Body.Drops = append(out.Body.Drops, s.view(p))
	}
	return out, nil
}

type dropInput struct {
	Drop string `path:"drop" maxLength:"32"`
}

func (s *Server) showDrop(ctx context.Context, in *dropInput) (*dropAnswer, error) {
	p, err := s.find(caller(ctx), in.Drop)
	if err != nil {
		return nil, err
	}
	return &dropAnswer{s.view(p)}, nil
}

type proofsInput struct {
	Drop string `path:"drop" maxLength:"32"`
	Key  string `header:"Idempotency-Key" maxLength:"200"`
	Body struct {
		Reveal bool `json:"reveal,omitempty" doc:"of a sealed deck, publish documents and openings too"`
	}
}

func (s *Server) proofs(ctx context.Context, in *proofsInput) (*dropAnswer, error) {
	t := caller(ctx)
	p, err := s.find(t, in.Drop)
	if err != nil {
		return nil, err
	}
	return do(s.once, t.ID, "proofs "+in.Drop, in.Key, in.Body, func() (*dropAnswer, error) {
		if _, err := p.deck(ctx); err != nil {
			return nil, err
		}
		p.meta.Proving, p.meta.Reveal = true, in.Body.Reveal
		if err := p.write(); err != nil {
			return nil, err
		}
		s.begin(p)
		return &dropAnswer{s.view(p)}, nil
	})
}

// progress is a stream that a fetch reads: an EventSource could not send a token.
func (s *Server) progress(ctx context.Context, in *dropInput) (*huma.StreamResponse, error) {
	p, err := s.find(caller(ctx), in.Drop)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		ctx.SetHeader("Content-Type", "application/x-ndjson")
		_, w := humachi.Unwrap(ctx)
		for e := json.NewEncoder(w); ; {
			_, _, changed := s.o.Track.get(p.id)
			v := s.view(p)
			if e.Encode(v) != nil || http.NewResponseController(w).Flush() != nil || v.Status != statusProving {
				return
			}
			select {
			case <-ctx.Context().Done():
				return
			case <-s.ctx.Done():
				return
			case <-changed:
			}
		}
	}}, nil
}

type filesAnswer struct {
	Body struct {
		Files []string `json:"files"`
	}
}

// public are the folders of what is to be published, and the files beside them.
var public = []string{bundle.DescriptionFile, bundle.PolicyFile, bundle.KeyFile, bundle.BatchesDir, bundle.CardsDir, bundle.DocumentsDir, bundle.ImagesDir}

// isPublic reports whether a name is of something that is to be published.
func isPublic(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return fs.ValidPath(name) && slices.Contains(public, first) && !strings.Contains(name, "/.")
}

func (s *Server) publication(ctx context.Context, in *dropInput) (*filesAnswer, error) {
	p, err := s.find(caller(ctx), in.Drop)
	if err != nil {
		return nil, err
	}
	out := new(filesAnswer)
	out.Body.Files = []string{}
	root := p.path(outDir)
	err = filepath.WalkDir(root, func(file string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(root, file)
		if name = filepath.ToSlash(name); err == nil && isPublic(name) {
			out.Body.Files = append(out.Body.Files, name)
		}
		return err
	})
	if err != nil && len(out.Body.Files) == 0 { // nothing is proven yet
		return out, nil
	}
	return out, err
}

type fileInput struct {
	Drop string `path:"drop" maxLength:"32"`
	File string `path:"file" maxLength:"600"`
}

// publicationFile sends a file as an attachment: none of it is shown by a browser here.
func (s *Server) publicationFile(ctx context.Context, in *fileInput) (*huma.StreamResponse, error) {
	p, err := s.find(caller(ctx), in.Drop)
	if err != nil {
		return nil, err
	}
	name, err := url.PathUnescape(in.File)
	if err != nil || !isPublic(name) {
		return nil, huma.Error404NotFound("there is no such file")
	}
	folder, err := files.OpenFolder(p.path(outDir))
	if err != nil {
		return nil, huma.Error404NotFound("there is no such file")
	}
	defer folder.Close()
	file, _, err := folder.Open(name)
	if err != nil {
		return nil, huma.Error404NotFound("there is no such file")
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		defer file.Close() // only read
		ctx.SetHeader("Content-Type", "application/octet-stream")
		ctx.SetHeader("Content-Disposition", "attachment; filename=\""+path.Base(name)+"\"")
		_, _ = io.Copy(ctx.BodyWriter(), file) // the client has gone
	}}, nil
}
