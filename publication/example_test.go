package publication_test

import (
	"context"
	"fmt"
	"log"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/publication"
)

// A marketplace checks what somebody has published: the drop's description, the proofs, and
// that the documents are the proven ones. Whoever relies on the answer compares the
// description's commitments with those in the drop's contract, and gets the verifying key
// from somebody else than the publisher: see [publication.Trust].
func Example() {
	p, err := publication.Open("../testdata/published", publication.Trust{Compiler: drop.Compiler{}})
	if err != nil {
		log.Fatal(err)
	}
	defer p.Close()
	report, err := p.Judge(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.Description.Name, report.Accepted)
	for _, token := range report.Tokens {
		fmt.Println(token.ID, token.Accepted, token.CID)
	}
	fmt.Println(report.Key.Provenance)
	// Output:
	// Nebula Foxes true
	// 1 true bafkreibgqd55wtwm34xwwepc2gk7ncfw4mnsf4wwolod3z5p5or6jbe6w4
	// 2 true bafkreiegem55drhc4rpmfzugit2zpktffdlmdapu2gw4l7hykdktws4qpq
	// 3 true bafkreibv4hfukqkw5btrjbwvxakhgubv6w54l2swtmdlgn4o5dm4gk35k4
	// unsafe-development
}
