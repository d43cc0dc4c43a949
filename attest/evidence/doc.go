// Package evidence packs what was published of a deck or a drawn drop with all that others need to
// judge it later, on a machine without a network: attestations, the reader's trust, a log, and facts of
// chains, package fact. FORMAT.md of package bundle, section 24. It links nothing of a node's program: pages
// judge packs too.
package evidence
