// Package unique proves that no wire of a constraint system has a choice: for all inputs, public and
// secret, the rows leave one value at most to every other wire. Hints are not asked; what they
// answer is an adversary's advice.
//
// A [System] is read from an R1CS, and [System.Prove] applies lemmas to its rows until nothing
// new follows. What is known of a wire is
//
//   - that it is unique: the same in any two solutions of equal inputs;
//   - its values: a finite set of integers that holds it in every solution;
//   - its differences: a finite set of integers by which two solutions of equal inputs may differ.
//
// Each lemma has a file, with its statement and proof: solved.go, roots.go, balance.go, group.go,
// table.go, canonical.go, zero.go, unary.go, slope.go. They look at a row's coefficients, never at
// who made it. One thing is taken from elsewhere, the arithmetic of a curve: see eddsa.go.
//
// A wire that is unproven need not have a choice; a wire that is proven has none. A report
// counts wires that do have one and are harmless apart, as free, by why.
//
// [System.Delete] turns it round: with a row left out, some wire should have a choice. Halving
// (absent.go) finds for each row what follows without it; naming.go names the wires that the row's
// absence leaves free; forge.go looks for an assignment that the row alone refuses. Rows that only
// assert something of what other rows determine leave no wire a choice, and are counted apart.
package unique
