package built

import (
	"bytes"
	"compress/gzip"
	"testing"
)

func TestUnpack_ReadsWhatGzipWrites(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte("<!DOCTYPE html>")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if data, err := unpack(packed.Bytes()); err != nil || string(data) != "<!DOCTYPE html>" {
		t.Errorf("got %q (%v)", data, err)
	}
	for _, broken := range [][]byte{nil, []byte("<!DOCTYPE html>"), packed.Bytes()[:packed.Len()-3]} {
		if data, err := unpack(broken); err == nil {
			t.Errorf("%d broken bytes are taken: %q", len(broken), data)
		}
	}
}
