package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/ipfs"
	"github.com/genproof/genproof/publication/outgoing"
	"github.com/genproof/genproof/service/record"
)

// Files of a drop that is done.
const (
	carFile      = "drop.car"
	evidenceFile = "evidence.car"
)

type logAnswer struct {
	Body struct {
		Key     string     `json:"key" doc:"whose signature its heads have"`
		Head    string     `json:"head" doc:"SEQUENCE:HASH of the last entry; keep it, and a log that was written anew is noticed"`
		Entries []logEntry `json:"entries"`
	}
}

type logEntry struct {
	Sequence uint64 `json:"sequence"`
	At       string `json:"at"`
	Kind     string `json:"kind"`
	Digest   string `json:"digest"`
	Text     string `json:"text"`
}

// log shows what was done about a drop. It names nobody.
func (s *Server) log(ctx context.Context, in *dropInput) (*logAnswer, error) {
	p, err := s.find(caller(ctx), in.Drop)
	if err != nil {
		return nil, err
	}
	state, err := s.book(p).Log()
	if err != nil {
		return nil, err
	}
	out := new(logAnswer)
	out.Body.Entries = []logEntry{}
	if state == nil {
		return out, nil
	}
	out.Body.Key = state.Log
	if h := state.Last(); h != nil {
		out.Body.Head = h.String()
	}
	for _, e := range state.Entries {
		out.Body.Entries = append(out.Body.Entries, logEntry{e.Sequence, e.At, e.Kind, hex.EncodeToString(e.Digest[:]), e.Text})
	}
	return out, nil
}

// finish writes the CAR of what was proven, and says so in the log.
func (s *Server) finish(ctx context.Context, p *place) error {
	folder, err := files.OpenFolder(p.path(outDir))
	if err != nil {
		return err
	}
	defer folder.Close()
	names, err := outgoing.Names(folder)
	if err != nil {
		return err
	}
	list, err := ipfs.FilesOf(os.DirFS(p.path(outDir)), names...)
	if err != nil {
		return err
	}
	root, err := ipfs.WriteCAR(ctx, p.path(carFile), list)
	if err != nil {
		return err
	}
	description, err := folder.Read(bundle.DescriptionFile, bundle.MaxBytes)
	if err != nil {
		return err
	}
	_, err = s.book(p).Write(record.Action{Kind: "proven", Digest: sha256.Sum256(description), Text: "every batch is proven; the CAR's root is " + root.String()})
	return err
}

var errNotDone = huma.Error409Conflict("the drop is not proven yet")

// car sends the CAR of what is to be published.
func (s *Server) car(ctx context.Context, in *dropInput) (*huma.StreamResponse, error) {
	p, err := s.find(caller(ctx), in.Drop)
	if err != nil {
		return nil, err
	}
	if !p.meta.Done {
		return nil, errNotDone
	}
	return attachment(p.path(carFile), carFile)
}

// attachment sends a file that no browser shows here.
func attachment(file, name string) (*huma.StreamResponse, error) {
	f, info, err := files.Open(file)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		defer f.Close() // only read
		ctx.SetHeader("Content-Type", "application/octet-stream")
		ctx.SetHeader("Content-Length", fmt.Sprint(info.Size()))
		ctx.SetHeader("Content-Disposition", "attachment; filename=\""+name+"\"")
		_, _ = io.Copy(ctx.BodyWriter(), f) // the client has gone
	}}, nil
}

// evidence packs what was published with the log, for others to judge without this server.
func (s *Server) evidence(ctx context.Context, in *dropInput) (*huma.StreamResponse, error) {
	p, err := s.find(caller(ctx), in.Drop)
	if err != nil {
		return nil, err
	}
	if !p.meta.Done {
		return nil, errNotDone
	}
	if err := s.pack(ctx, p); err != nil {
		return nil, err
	}
	return attachment(p.path(evidenceFile), evidenceFile)
}

func (s *Server) pack(ctx context.Context, p *place) error {
	folder, err := files.OpenFolder(p.path(outDir))
	if err != nil {
		return err
	}
	defer folder.Close()
	names, err := outgoing.Names(folder)
	if err != nil {
		return err
	}
	packing := evidence.Packing{Key: s.key, Compiler: drop.Compiler{}, Head: evidence.Head{
		Version: 1, Kind: evidence.KindPack, MadeAt: attest.FormatTime(time.Now()), By: evidence.Maker{Name: "genproof studio", Role: "service", Method: "made by a program on request"},
		For: "marketplace", Command: "genproof-studio serve", LeftOut: []evidence.LeftOut{}, NotChecked: []string{},
	}}
	for _, name := range names {
		open := func() (io.ReadCloser, error) {
			f, _, err := folder.Open(name)
			return f, err
		}
		packing.Inputs = append(packing.Inputs, evidence.Input{Path: path.Join(evidence.PublicationDir, name), Role: "publication", Source: "what was published", Open: open})
	}
	for _, name := range []string{log.EntriesFile, log.HeadsFile} {
		data, err := files.Read(filepath.Join(p.path(record.LogDir), name), log.MaxBytes)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		packing.Inputs = append(packing.Inputs, evidence.Bytes(path.Join(evidence.LogDir, name), "log", "the studio", data))
	}
	list, err := evidence.Pack(ctx, packing)
	if err != nil {
		return err
	}
	var tree []ipfs.File
	for _, x := range list {
		tree = append(tree, ipfs.File{Path: x.Path, Open: x.Open})
	}
	_, err = ipfs.WriteCAR(ctx, p.path(evidenceFile), tree)
	return err
}
