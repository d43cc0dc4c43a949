package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/genproof/genproof/service/state"
)

// metrics have labels out of closed lists: methods, routes as they are written here, classes of
// answers, kinds of failures. Nothing of a drop is one.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	batches  prometheus.Counter
	proving  prometheus.Histogram
	failures *prometheus.CounterVec
	cleared  *prometheus.CounterVec

	mu     sync.Mutex
	proven []time.Time // in the last minute
	people int         // cards that people have cleared
	all    int
}

// Kinds of failures, and of what cleared a card.
const (
	failedProof   = "bad proof" // a worker's that did not hold
	failedWorker  = "no proof"  // a worker gave up
	failedDrop    = "stopped"   // a drop whose proving has stopped
	failedRequest = "refused"   // an import that was refused
	failedAnchor  = "no anchor" // heads of logs that could not be given away
	byPeople      = "people"
	byRule        = "rule"
)

func newMetrics(depth func() float64) *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: counter("genproof_requests_total", "Requests.", "method", "route", "class"),
		seconds:  prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "genproof_request_seconds", Help: "How long they took."}, []string{"route"}),
		batches:  prometheus.NewCounter(prometheus.CounterOpts{Name: "genproof_batches_proven_total", Help: "Batches whose proofs were verified and written."}),
		proving:  prometheus.NewHistogram(prometheus.HistogramOpts{Name: "genproof_prove_seconds", Help: "From a batch's hidden values to a proof that holds.", Buckets: prometheus.ExponentialBuckets(0.25, 2, 12)}),
		failures: counter("genproof_failures_total", "What went wrong, by kind.", "kind"),
		cleared:  counter("genproof_cards_cleared_total", "Cards whose proving has begun, by who cleared them.", "by"),
	}
	gauge := func(name, help string, f func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, f)
	}
	m.registry.MustRegister(m.requests, m.seconds, m.batches, m.proving, m.failures, m.cleared,
		gauge("genproof_queue_depth", "Batches that are to be proven.", depth),
		gauge("genproof_proofs_per_minute", "Batches that were proven in the last minute.", m.perMinute),
		gauge("genproof_cards_cleared_by_people_share", "Of all cards whose proving has begun, 0 to 1.", m.share))
	for _, kind := range []string{failedProof, failedWorker, failedDrop, failedRequest, failedAnchor} {
		m.failures.WithLabelValues(kind)
	}
	for _, by := range []string{byPeople, byRule} {
		m.cleared.WithLabelValues(by)
	}
	return m
}

var methods = []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete}

// method is a request's, if it is one that is served.
func method(name string) string {
	if slices.Contains(methods, name) {
		return name
	}
	return "other"
}

func (m *metrics) count(name, route string, status int, took time.Duration) {
	if route == "" || status == http.StatusNotFound && route == "/*" {
		route = "none"
	}
	m.requests.WithLabelValues(method(name), route, strconv.Itoa(status/100)+"xx").Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// batch counts a batch that was proven now.
func (m *metrics) batch() {
	m.batches.Inc()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.proven = append(m.lastMinute(), time.Now())
}

func (m *metrics) lastMinute() []time.Time {
	i := 0
	for i < len(m.proven) && time.Since(m.proven[i]) > time.Minute {
		i++
	}
	return m.proven[i:]
}

func (m *metrics) perMinute() float64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.proven = m.lastMinute()
	return float64(len(m.proven))
}

// clear counts cards whose proving begins.
func (m *metrics) clear(people, rule int) {
	m.cleared.WithLabelValues(byPeople).Add(float64(people))
	m.cleared.WithLabelValues(byRule).Add(float64(rule))
	m.mu.Lock()
	defer m.mu.Unlock()
	m.people, m.all = m.people+people, m.all+people+rule
}

func (m *metrics) share() float64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.all == 0 {
		return 0
	}
	return float64(m.people) / float64(m.all)
}

// Metrics answers with measurements in Prometheus' form, on a listener of their own: to the tokens of
// auditors, and under the server's names.
func (s *Server) Metrics() http.Handler {
	inner := promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{})
	return s.headers(s.sameSite(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/metrics" || r.Method != http.MethodGet {
			http.Error(w, "not found", http.StatusNotFound)
			return
		}
		scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		token, good := s.o.Studio.State.Authenticate(secret, time.Now())
		switch {
		case !strings.EqualFold(scheme, "bearer") || !good:
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "a good token is missing", http.StatusUnauthorized)
		case token.Scope != state.Auditor || len(token.Drops) > 0: // they are of all drops together
			http.Error(w, "the token is for something else", http.StatusForbidden)
		default:
			s.used(r.Context(), token)
			s.readJournal()
			inner.ServeHTTP(w, r)
		}
	})))
}
