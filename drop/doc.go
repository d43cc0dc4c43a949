// Package drop reads a drop's folder and turns it into commitments.
//
//	drop.yaml      name, supply, document, traits, claims, authority    public
//	policy.cel     the rule that every token obeys                      public
//	model.yaml     weights, rules between traits, facts                 hidden
//	claims.yaml    what is claimed about each token                     hidden
//	receipts/      claims signed by an authority, ID.json               hidden
//	secrets.yaml   seed, blind, salt and the drop's own key             hidden, mode 0600
//
// [Load] reads all of it and checks it: what it returns can be proven, except
// that a token's own draw and claims may still break the policy. [Init] writes
// a sample to start from. Nothing hidden is in an error of this package, nor
// in what its types print; it leaves through [Drop.Token] alone.
//
// Rules between traits become a finite automaton, see automaton.go. Policies
// become clauses of literals, see policy.go and formula.go.
package drop
