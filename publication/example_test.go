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
	fmt.Println(p.Description.Name, report.Verdict)
	for _, token := range report.Tokens {
		fmt.Println(*token.ID, token.Verdict, token.CID)
	}
	fmt.Println(report.Key.Provenance)
	// Output:
	// Nebula Foxes amber
	// 1 amber bafkreidiiqczkacaxnxv6ohxu6c3m5nomwav6nic6gsc34awsrhzyolzra
	// 2 amber bafkreia7j4tt3ygg6svbt4ahwwvcg54rmtkuje4urwaxsn7exn7ukr4alq
	// 3 amber bafkreihqpblxdi74v5sdqjjtq4mj33jyhobppsg3fgywpcs2dg3ofv3syi
	// unsafe-development
}
