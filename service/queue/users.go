package queue

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/genproof/genproof/service/message"
)

// Users is the part of a NATS server's configuration that says who may do what: an account for this
// coordinator alone, in which it may do everything, and each worker what [Space] allows a worker. A cluster
// that somebody else runs includes it; a server in this process does the same by itself.
func Users(coordinator message.PublicKey, workers []message.PublicKey) string {
	s := SpaceOf(coordinator)
	var b strings.Builder
	fmt.Fprintf(&b, "accounts {\n  %s {\n    jetstream: enabled\n    users: [\n", s.name)
	fmt.Fprintf(&b, "      { nkey: %s, permissions: { publish: \">\", subscribe: \">\" } }\n", userName(coordinator))
	for _, w := range workers {
		may := s.worker(w)
		fmt.Fprintf(&b, "      { nkey: %s, permissions: {\n        publish: { allow: %s }\n        subscribe: { allow: %s }\n      } }\n", userName(w), listOf(may.Publish.Allow), listOf(may.Subscribe.Allow))
	}
	b.WriteString("    ]\n  }\n}\n")
	return b.String()
}

func listOf(subjects []string) string {
	text, err := json.Marshal(subjects)
	if err != nil { // texts always can
		panic("queue: " + err.Error())
	}
	return strings.ReplaceAll(string(text), `\u003e`, ">")
}
