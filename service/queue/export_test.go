package queue

// WithReplicas is the same queue, as if its streams had so many copies.
func WithReplicas(q *Queue, n int) *Queue {
	return &Queue{space: q.space, conn: q.conn, js: q.js, o: Options{Replicas: n}}
}
