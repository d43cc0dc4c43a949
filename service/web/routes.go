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
	stream                bool // the body is any file, and goes to disk as it comes
}

func (o operation) huma() huma.Operation {
	op := huma.Operation{
		Method: o.method, Path: o.path, Summary: o.summary, OperationID: operationID(o.method, o.path), DefaultStatus: o.status,
		MaxBodyBytes: maxBody, Metadata: map[string]any{scopesOf: o.scopes, publicOf: o.scopes == nil}, RejectUnknownQueryParameters: true,
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
	op := o.huma()
	op.Metadata[waitsFor] = s.o.Patience.File
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, s.trouble(err)
		}
		return out, nil
	})
	if o.stream { // huma would read it into memory
		s.api.OpenAPI().Paths[o.path].Put.RequestBody = &huma.RequestBody{
			Required: true, Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}},
		}
	}
}

var (
	authors   = []state.Scope{state.Author}
	tenants   = []state.Scope{state.Author, state.Curator, state.Auditor}
	auditors  = []state.Scope{state.Auditor}
	curators  = []state.Scope{state.Curator}
	lookingAt = []state.Scope{state.Author, state.Curator}
)

func (s *Server) routes() {
	const get, put, post, drop = http.MethodGet, http.MethodPut, http.MethodPost, "/v1/drops/{drop}"
	add(s, operation{method: get, path: "/", summary: "The console: a page for authors and curators"}, s.page)
	add(s, operation{method: get, path: "/v1/me", summary: "What the token is for", scopes: tenants}, s.me)
	add(s, operation{method: get, path: "/v1/health", summary: "Whether the server answers"}, s.health)
	add(s, operation{method: get, path: "/v1/ready", summary: "Whether jobs can be queued"}, s.ready)
	add(s, operation{method: post, path: "/v1/drops", summary: "Begin a drop", scopes: authors, status: http.StatusCreated}, s.createDrop)
	add(s, operation{method: get, path: "/v1/drops", summary: "The tenant's drops", scopes: tenants}, s.listDrops)
	add(s, operation{method: get, path: drop, summary: "One drop, and how far it is", scopes: tenants}, s.showDrop)
	add(s, operation{method: get, path: drop + "/source", summary: "What was uploaded, by its digests: whoever was cut off sends the rest", scopes: authors}, s.source)
	add(s, operation{method: put, path: drop + "/source/{file}", summary: "Upload a file of the collection: N.json, an image, or claims.csv", scopes: authors, status: http.StatusNoContent, stream: true}, s.upload)
	add(s, operation{method: post, path: drop + "/import", summary: "Make a deck of what was uploaded", scopes: authors, status: http.StatusNoContent}, s.importDrop)
	add(s, operation{method: put, path: drop + "/policy", summary: "Set the rule, in CEL", scopes: authors, status: http.StatusNoContent}, s.setPolicy)
	add(s, operation{method: get, path: drop + "/check", summary: "Look at every card before it is proven", scopes: lookingAt}, s.check)
	add(s, operation{method: get, path: drop + "/cards", summary: "What cards show, and what people have said of them", scopes: lookingAt}, s.cards)
	add(s, operation{method: get, path: drop + "/cards/{card}/thumbnail", summary: "A card's image as a small PNG, encoded anew", scopes: lookingAt}, s.cardThumbnail)
	add(s, operation{method: post, path: drop + "/approvals", summary: "Approve or reject cards", scopes: curators, status: http.StatusCreated}, s.decide)
	add(s, operation{method: get, path: drop + "/approvals", summary: "What people have said; auditors do not hear who, and why", scopes: tenants}, s.decisions)
	add(s, operation{method: get, path: drop + "/cost", summary: "About how much gas the deck takes on a chain", scopes: lookingAt}, s.cost)
	add(s, operation{method: post, path: drop + "/proofs", summary: "Have the deck proven", scopes: authors, status: http.StatusAccepted}, s.proofs)
	add(s, operation{method: get, path: drop + "/progress", summary: "How far it is, a line of JSON a change, until it is done", scopes: tenants}, s.progress)
	add(s, operation{method: get, path: drop + "/publication", summary: "The files of what is to be published", scopes: tenants}, s.publication)
	add(s, operation{method: get, path: drop + "/publication/{file}", summary: "One of them; slashes of its name are written %2F", scopes: tenants}, s.publicationFile)
	add(s, operation{method: get, path: drop + "/car", summary: "All of them but images, as one CAR", scopes: tenants}, s.car)
	add(s, operation{method: get, path: drop + "/log", summary: "What was done, when, on which digest; it names nobody", scopes: tenants}, s.log)
	add(s, operation{method: get, path: drop + "/evidence", summary: "What was published and the log, packed for others to judge", scopes: tenants}, s.evidence)
	add(s, operation{method: put, path: drop + "/hold", summary: "Keep what is hidden from being forgotten, or let it be", scopes: auditors}, s.hold)
	add(s, operation{method: post, path: drop + "/forget", summary: "Erase what a proven drop has hidden, and tell what can still be verified", scopes: authors}, s.forget)
}
