package web

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/genproof/genproof/service/state"
)

// Bodies of requests, in bytes.
const (
	maxBody = 64 << 10
	maxFile = 20 << 20
)

// An operation is a route and who may take it. Without scopes everybody may.
type operation struct {
	method, path, summary string
	scopes                []state.Scope
	status                int
	body                  int64 // at most so many bytes; 0: maxBody
}

func (o operation) huma() huma.Operation {
	op := huma.Operation{
		Method: o.method, Path: o.path, Summary: o.summary, OperationID: operationID(o.method, o.path), DefaultStatus: o.status,
		MaxBodyBytes: maxBody, Metadata: map[string]any{scopesOf: o.scopes, publicOf: o.scopes == nil}, RejectUnknownQueryParameters: true,
	}
	if o.body != 0 {
		op.MaxBodyBytes = o.body
	}
	if o.scopes != nil {
		op.Security = []map[string][]string{{"token": {}}}
	}
	return op
}

// operationID is the route's name in the OpenAPI file.
func operationID(method, path string) string {
	id := []byte(method)
	for _, c := range []byte(path) {
		switch {
		case c >= 'a' && c <= 'z':
			id = append(id, c)
		case id[len(id)-1] != '-':
			id = append(id, '-')
		}
	}
	return string(id)
}

// add registers a route. Errors of its handler are told as trouble has it.
func add[I, O any](s *Server, o operation, handle func(context.Context, *I) (*O, error)) {
	huma.Register(s.api, o.huma(), func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, s.trouble(err)
		}
		return out, nil
	})
}

var (
	authors   = []state.Scope{state.Author}
	tenants   = []state.Scope{state.Author, state.Curator, state.Auditor}
	auditors  = []state.Scope{state.Auditor}
	lookingAt = []state.Scope{state.Author, state.Curator}
)

func (s *Server) routes() {
	add(s, operation{method: http.MethodGet, path: "/v1/health", summary: "Whether the server answers"}, s.health)
	add(s, operation{method: http.MethodGet, path: "/v1/ready", summary: "Whether jobs can be queued"}, s.ready)
	add(s, operation{method: http.MethodGet, path: "/v1/metrics", summary: "Measurements in Prometheus' form", scopes: auditors}, s.measurements)
	add(s, operation{method: http.MethodPost, path: "/v1/drops", summary: "Begin a drop", scopes: authors, status: http.StatusCreated}, s.createDrop)
	add(s, operation{method: http.MethodGet, path: "/v1/drops", summary: "The tenant's drops", scopes: tenants}, s.listDrops)
	add(s, operation{method: http.MethodGet, path: "/v1/drops/{drop}", summary: "One drop, and how far it is", scopes: tenants}, s.showDrop)
	add(s, operation{method: http.MethodPut, path: "/v1/drops/{drop}/source/{file}", summary: "Upload a file of the collection: N.json, an image, or claims.csv", scopes: authors, status: http.StatusNoContent, body: maxFile}, s.upload)
	add(s, operation{method: http.MethodPost, path: "/v1/drops/{drop}/import", summary: "Make a deck of what was uploaded", scopes: authors, status: http.StatusNoContent}, s.importDrop)
	add(s, operation{method: http.MethodPut, path: "/v1/drops/{drop}/policy", summary: "Set the rule, in CEL", scopes: authors, status: http.StatusNoContent}, s.setPolicy)
	add(s, operation{method: http.MethodGet, path: "/v1/drops/{drop}/check", summary: "Look at every card before it is proven", scopes: lookingAt}, s.check)
	add(s, operation{method: http.MethodPost, path: "/v1/drops/{drop}/proofs", summary: "Have the deck proven", scopes: authors, status: http.StatusAccepted}, s.proofs)
	add(s, operation{method: http.MethodGet, path: "/v1/drops/{drop}/progress", summary: "How far it is, a line of JSON a change, until it is done", scopes: tenants}, s.progress)
	add(s, operation{method: http.MethodGet, path: "/v1/drops/{drop}/publication", summary: "The files of what is to be published", scopes: tenants}, s.publication)
	add(s, operation{method: http.MethodGet, path: "/v1/drops/{drop}/publication/{file}", summary: "One of them; slashes of its name are written %2F", scopes: tenants}, s.publicationFile)
}
