package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/genproof/genproof/files"
)

// claimsFile is the table of hidden attributes among what is uploaded.
const claimsFile = "claims.csv"

// sourceName is what files of a collection are called: a number, or the table. No other name reaches
// the file system.
var sourceName = regexp.MustCompile(`^([0-9]{1,7}\.(json|png|jpg|jpeg|gif|webp|avif)|claims\.csv)$`)

// An uploadInput is a file's body, which goes to disk as it comes.
type uploadInput struct {
	Drop   string `path:"drop" maxLength:"32"`
	File   string `path:"file" maxLength:"60"`
	SHA256 string `header:"Content-SHA256" required:"true" minLength:"64" maxLength:"64" doc:"the SHA-256 of the body, in hex"`
	Length string `header:"Content-Length" maxLength:"20"`
	body   io.Reader
}

// Resolve keeps the body, of which nothing has been read, and has it arrive in time.
func (in *uploadInput) Resolve(ctx huma.Context) []error {
	wait, _ := ctx.Operation().Metadata[waitsFor].(time.Duration)
	in.body = ctx.BodyReader()
	if err := ctx.SetReadDeadline(time.Now().Add(wait)); err != nil {
		return []error{err}
	}
	return nil
}

type sourceAnswer struct {
	Body struct {
		Files []stored `json:"files"`
	}
}

// source lists what was uploaded: a client that was cut off sends what is missing.
func (s *Server) source(ctx context.Context, in *dropInput) (*sourceAnswer, error) {
	p, err := s.find(caller(ctx), in.Drop)
	if err != nil {
		return nil, err
	}
	x, _, err := s.shelfOf(p)
	if err != nil {
		return nil, err
	}
	out := new(sourceAnswer)
	out.Body.Files = x.list()
	return out, nil
}

func (s *Server) upload(ctx context.Context, in *uploadInput) (*none, error) {
	p, err := s.find(caller(ctx), in.Drop)
	if err != nil {
		return nil, err
	}
	size, err := strconv.ParseInt(in.Length, 10, 64)
	switch {
	case !sourceName.MatchString(in.File):
		return nil, faulty("a file is called N.json, N and an image's ending, or %s", claimsFile)
	case err != nil || size < 0:
		return nil, huma.NewError(411, "Content-Length is missing")
	case size > maxFile:
		return nil, huma.NewError(413, "the file is too large")
	case s.status(p.id) == statusProving:
		return nil, errBusy
	}
	x, others, err := s.shelfOf(p)
	if err != nil {
		return nil, err
	}
	want := stored{in.File, size, in.SHA256}
	if x.has(want) {
		return nil, nil
	}
	if err := x.reserve(in.File, size, others, s.o.Quota); err != nil {
		return nil, err
	}
	err = p.store(want, in.body)
	if err != nil {
		x.settle(in.File, nil)
		return nil, err
	}
	x.settle(in.File, &want)
	if in.File == claimsFile {
		defer s.changing.hold(in.Drop)()
		return nil, s.seal(p)
	}
	return nil, nil
}

// store writes a file of an upload, whole or not at all, and notes its digest.
func (p *place) store(want stored, body io.Reader) error {
	sum := sha256.New()
	err := files.Stream(filepath.Join(p.path(sourceDir), want.Name), files.Secret, func(f *os.File) error {
		n, err := io.Copy(io.MultiWriter(f, sum), io.LimitReader(body, want.Size+1))
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			return huma.NewError(408, "the file takes too long to arrive")
		case errors.Is(err, io.ErrUnexpectedEOF) || err == nil && n != want.Size:
			return faulty("the body has another length than Content-Length says")
		case err == nil && hex.EncodeToString(sum.Sum(nil)) != want.SHA256:
			return faulty("the body is not what Content-SHA256 says")
		}
		return err
	})
	if err != nil {
		return err
	}
	line, err := json.Marshal(want)
	if err != nil {
		return err
	}
	return files.Append(p.path(indexFile), append(line, '\n'), files.Secret)
}
