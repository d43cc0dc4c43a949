package queue

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/genproof/genproof/service/message"
)

func objectName(digest [32]byte) string { return hex.EncodeToString(digest[:]) }

// PutKey stores a file under its SHA-256, unless the bucket has it. replace stores it anyway: what
// is there under its name was not what its name says.
func (q *Queue) PutKey(ctx context.Context, f message.File, replace bool, open func() (io.ReadCloser, error)) error {
	keys := q.now().keys
	short, cancel := timed(ctx)
	info, err := keys.GetInfo(short, objectName(f.SHA256))
	cancel()
	if err == nil && !replace && info.Size == f.Size && info.Digest == "SHA-256="+base64.URLEncoding.EncodeToString(f.SHA256[:]) {
		return nil
	}
	r, err := open()
	if err != nil {
		return fmt.Errorf("storing a key: %w", err)
	}
	defer r.Close() // only read
	info, err = keys.Put(ctx, jetstream.ObjectMeta{Name: objectName(f.SHA256)}, r)
	if err != nil {
		return fmt.Errorf("storing a key: %w", err)
	}
	if info.Size != f.Size || info.Digest != "SHA-256="+base64.URLEncoding.EncodeToString(f.SHA256[:]) {
		return fmt.Errorf("storing a key: the file is not what its digest says")
	}
	return nil
}
