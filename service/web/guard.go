package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"github.com/genproof/genproof/service/state"
)

// guard is what every request passes, before anybody looks at its token.
func (s *Server) guard() {
	s.router.Use(s.observe, s.headers, s.sameSite, httprate.LimitBy(s.o.Rate, time.Minute, payer))
	s.router.NotFound(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "not found", http.StatusNotFound) })
}

// payer is whose requests are counted together: a token's, or an address's without one. Addresses are
// those of connections: a header can say anything.
func payer(r *http.Request) (string, error) {
	if t := r.Header.Get("Authorization"); t != "" {
		return "token " + t, nil
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	return "address " + host, err
}

// observe gives the request an id of its own, logs it without its content, and counts it. A panic is
// told without its text, which may quote anything.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var id [16]byte
		_, _ = rand.Read(id[:]) // it never fails
		name := hex.EncodeToString(id[:])
		w.Header().Set("X-Request-Id", name)
		start, seen := time.Now(), middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		defer func() {
			if recover() != nil {
				s.o.Log.Error().Str("request", name).Msg("a request panicked")
				if seen.Status() == 0 {
					http.Error(seen, "this is a bug", http.StatusInternalServerError)
				}
			}
			route := chi.RouteContext(r.Context()).RoutePattern()
			s.metrics.count(r.Method, route, seen.Status(), time.Since(start))
			s.o.Log.Info().Str("request", name).Str("method", method(r.Method)).Str("route", route).Int("status", seen.Status()).Dur("took", time.Since(start)).Msg("request")
		}()
		next.ServeHTTP(seen, r)
	})
}

// headers are of every answer.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
			"Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store",
		} {
			w.Header().Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}

// sameSite refuses names that the server is not called by, which a page can make a browser's resolver
// turn into this machine, and requests that a page of another origin makes.
func (s *Server) sameSite(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.isHost(r.Host) {
			http.Error(w, "this server has another name", http.StatusMisdirectedRequest)
			return
		}
		if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
			http.Error(w, "a page of another origin asks", http.StatusForbidden)
			return
		}
		if origin := r.Header.Get("Origin"); origin != "" {
			if u, err := url.Parse(origin); err != nil || u.Host != r.Host {
				http.Error(w, "a page of another origin asks", http.StatusForbidden)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) isHost(host string) bool {
	if slices.Contains(s.o.Hosts, host) {
		return true
	}
	name, _, err := net.SplitHostPort(host)
	return err == nil && slices.Contains(s.o.Hosts, name)
}

// scopes are in an operation's metadata. Without them it is open to nobody, but for "public".
const (
	scopesOf = "scopes"
	publicOf = "public"
	waitsFor = "patience" // with a file
)

// authenticate lets in whom the operation's scopes allow.
func (s *Server) authenticate(ctx huma.Context, next func(huma.Context)) {
	op := ctx.Operation()
	if op.Metadata[publicOf] == true {
		next(ctx)
		return
	}
	scheme, secret, _ := strings.Cut(ctx.Header("Authorization"), " ")
	token, good := s.o.Studio.State.Authenticate(secret, time.Now())
	if !strings.EqualFold(scheme, "bearer") || !good {
		ctx.SetHeader("WWW-Authenticate", "Bearer")
		_ = huma.WriteErr(s.api, ctx, http.StatusUnauthorized, "a good token is missing")
		return
	}
	allowed, _ := op.Metadata[scopesOf].([]state.Scope)
	if !slices.Contains(allowed, token.Scope) {
		_ = huma.WriteErr(s.api, ctx, http.StatusForbidden, "the token is for something else")
		return
	}
	s.used(ctx.Context(), token)
	next(huma.WithValue(ctx, callerKey{}, token))
}

// used notes that a token was used. A disk that is full keeps nobody out.
func (s *Server) used(ctx context.Context, t state.Token) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := s.o.Studio.State.Use(ctx, t.ID, time.Now()); err != nil {
		s.o.Log.Warn().Err(err).Msg("it is not noted that a token was used")
	}
}
