package web

import (
	"context"

	"github.com/genproof/genproof/service/desk"
	"github.com/genproof/genproof/service/state"
)

type pageAnswer struct {
	ContentType string `header:"Content-Type"`
	Policy      string `header:"Content-Security-Policy"`
	Opener      string `header:"Cross-Origin-Opener-Policy"`
	Body        []byte
}

// page sends the console. It holds nothing of anybody: what it shows it asks for with a token.
func (s *Server) page(context.Context, *none) (*pageAnswer, error) {
	html, policy, err := desk.Page()
	return &pageAnswer{"text/html; charset=utf-8", policy, "same-origin", html}, err
}

type meAnswer struct {
	Body struct {
		Tenant string      `json:"tenant"`
		Scope  state.Scope `json:"scope"`
		Label  string      `json:"label"`
		Drops  []string    `json:"drops" doc:"the only ones that it reaches; none: all of the tenant's"`
	}
}

// me tells whoever asks what the token is for.
func (s *Server) me(ctx context.Context, _ *none) (*meAnswer, error) {
	t, out := caller(ctx), new(meAnswer)
	out.Body.Tenant, out.Body.Scope, out.Body.Label = t.Tenant, t.Scope, t.Label
	out.Body.Drops = append([]string{}, t.Drops...)
	return out, nil
}
