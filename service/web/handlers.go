package web

import (
	"context"
	"encoding/json"
	"fmt"
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
	"github.com/genproof/genproof/service/record"
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

// A dropView is a drop as its tenant sees it.
type dropView struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Created time.Time `json:"created"`
	Status  string    `json:"status" enum:"new,proving,done,stopped"`
	Done    int       `json:"done" doc:"batches that are proven"`
	Total   int       `json:"total" doc:"batches, once proving has begun"`
	Review  string    `json:"review" enum:"rule,people" doc:"who clears cards before they are proven"`
	Hold    bool      `json:"hold" doc:"what is hidden must not be forgotten"`
	Forgot  bool      `json:"forgot" doc:"what was hidden is gone"`
}

func (s *Server) view(p *place) dropView {
	v := dropView{ID: p.id.String(), Name: p.meta.Name, Created: p.meta.Created, Status: s.status(p.id), Review: p.meta.Review, Hold: p.meta.Hold, Forgot: p.meta.Forgot}
	if v.Status == statusNew && p.meta.Done {
		v.Status = statusDone // by a server before this one
	}
	v.Done, v.Total, _ = s.o.Track.get(p.id)
	return v
}

type dropAnswer struct{ Body dropView }

type createInput struct {
	Key  string `header:"Idempotency-Key" maxLength:"200"`
	Body struct {
		Name   string `json:"name" minLength:"1" maxLength:"100"`
		Review string `json:"review,omitempty" enum:"rule,people" default:"rule" doc:"people: every card has to be approved before it is proven"`
	}
}

func (s *Server) createDrop(ctx context.Context, in *createInput) (*dropAnswer, error) {
	t := caller(ctx)
	if len(t.Drops) > 0 {
		return nil, huma.Error403Forbidden("the token is for certain drops, and not for new ones")
	}
	return do(s.once, t.ID, "create", in.Key, in.Body, func(seed [16]byte) (*dropAnswer, error) {
		p, err := s.create(t, seed, in.Body.Name, in.Body.Review)
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
	t := caller(ctx)
	list, err := s.list(t.Tenant)
	if err != nil {
		return nil, err
	}
	out := new(dropsAnswer)
	out.Body.Drops = []dropView{}
	for _, p := range list {
		if !t.Reaches(p.id.String()) {
			continue
		}
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
	p, release, err := s.take(t, in.Drop)
	if err != nil {
		return nil, err
	}
	defer release()
	return do(s.once, t.ID, "proofs "+in.Drop, in.Key, in.Body, func([16]byte) (*dropAnswer, error) {
		if err := s.start(ctx, p, in.Body.Reveal); err != nil {
			return nil, err
		}
		return &dropAnswer{s.view(p)}, nil
	})
}

// start has a drop proven, if every card is cleared. Of one that is being proven, nothing is new.
func (s *Server) start(ctx context.Context, p *place, reveal bool) error {
	if s.status(p.id) == statusProving {
		return nil
	}
	d, err := s.load(ctx, p)
	if err != nil {
		return err
	}
	people, rule, err := s.cleared(p, caller(ctx))
	if err != nil {
		return err
	}
	text := fmt.Sprintf("proving was asked for: %d cards approved by people, %d by the rule", people, rule)
	if _, err := s.book(p).Write(record.Action{Kind: "note", Digest: d.Model.Bytes(), Text: text, By: actor(caller(ctx))}); err != nil {
		return err
	}
	p.meta.Proving, p.meta.Reveal = true, reveal
	if err := p.write(); err != nil {
		return err
	}
	s.metrics.clear(people, rule)
	s.begin(p)
	return nil
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
