package circuittest

import (
	"fmt"
	"reflect"
	"runtime/debug"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/schema"
)

// Places names every row that a circuit makes, in the order of its R1CS. It computes nothing:
// hints are not asked, all values are 0. The placeholder is filled and of no more use after.
func Places(placeholder frontend.Circuit) (places []string, err error) {
	give := func(_ schema.LeafInfo, v reflect.Value) error {
		v.Set(reflect.ValueOf(new(wire)))
		return nil
	}
	if _, err := schema.Walk(field, placeholder, reflect.TypeFor[frontend.Variable](), give); err != nil {
		return nil, err
	}
	r := &recorder{twist: Straight, all: true, blind: true}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v\n%s", p, debug.Stack())
		}
	}()
	if err := placeholder.Define(r); err != nil {
		return nil, err
	}
	for i := range r.stacks {
		places = append(places, r.Row(i).String())
	}
	return places, nil
}
