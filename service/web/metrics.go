package web

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics have labels out of closed lists: methods, routes as they are written here, classes of
// answers. Nothing of a drop is one.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	batches  prometheus.Counter
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "genproof_requests_total", Help: "Requests."}, []string{"method", "route", "class"}),
		seconds:  prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "genproof_request_seconds", Help: "How long they took."}, []string{"route"}),
		batches:  prometheus.NewCounter(prometheus.CounterOpts{Name: "genproof_batches_proven_total", Help: "Batches whose proofs were verified and written."}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.batches)
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

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
