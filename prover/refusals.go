package prover

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/genproof/genproof/drop"
)

// Refusals are all tokens of a job that break the policy, by rule. Rules stand in the order of
// the first token that breaks them, ids in theirs. A token breaks the first rule that it fails.
type Refusals struct {
	Tokens int // of the job, all of them
	Rules  []RefusedRule
}

// A RefusedRule is a rule and the tokens that break it.
type RefusedRule struct {
	Rule string
	IDs  []uint64
}

// Count is the number of tokens that break the policy.
func (r *Refusals) Count() int {
	n := 0
	for _, rule := range r.Rules {
		n += len(rule.IDs)
	}
	return n
}

// someRefused is how many ids of a rule an error lists.
const someRefused = 10

func (r *Refusals) Error() string {
	if r.Count() == 1 {
		return (&RuleError{ID: r.Rules[0].IDs[0], Rule: r.Rules[0].Rule}).Error()
	}
	parts := make([]string, len(r.Rules))
	for i, rule := range r.Rules {
		list := strings.Trim(fmt.Sprint(rule.IDs[:min(someRefused, len(rule.IDs))]), "[]")
		list = strings.ReplaceAll(list, " ", ", ")
		if more := len(rule.IDs) - someRefused; more > 0 {
			list += fmt.Sprintf(" and %d more", more)
		}
		parts[i] = fmt.Sprintf("rule %q: %s", rule.Rule, list)
	}
	return fmt.Sprintf("%d of %d tokens break the policy; %s", r.Count(), r.Tokens, strings.Join(parts, "; "))
}

// Check judges tokens of a drawn drop by every clause of the statement, without keys and
// without proving. It returns nil if all of them can be proven. progress may be nil.
func Check(ctx context.Context, d *drop.Drop, ids []uint64, progress func(done, total int)) (*Refusals, error) {
	refused := make([]error, len(ids))
	var mu sync.Mutex
	done := 0
	err := each(ctx, len(ids), runtime.GOMAXPROCS(0), func(i int) error {
		_, err := judge(d, ids[i], [20]byte{})
		if err != nil && !isRefusal(err) {
			return err
		}
		refused[i] = err
		mu.Lock()
		defer mu.Unlock()
		if done++; progress != nil {
			progress(done, len(ids))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return refusalsOf(refused), nil
}

func isRefusal(err error) bool {
	var broken *RuleError
	return errors.As(err, &broken)
}

// refusalsOf gathers what breaks the policy out of one error a token, nil for none.
func refusalsOf(errs []error) *Refusals {
	r := &Refusals{Tokens: len(errs)}
	for _, err := range errs {
		var broken *RuleError
		if !errors.As(err, &broken) {
			continue
		}
		at := slices.IndexFunc(r.Rules, func(x RefusedRule) bool { return x.Rule == broken.Rule })
		if at < 0 {
			at, r.Rules = len(r.Rules), append(r.Rules, RefusedRule{Rule: broken.Rule})
		}
		r.Rules[at].IDs = append(r.Rules[at].IDs, broken.ID)
	}
	if len(r.Rules) == 0 {
		return nil
	}
	return r
}
