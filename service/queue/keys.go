package queue

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/genproof/genproof/service/message"
)

func objectName(digest [32]byte) string { return hex.EncodeToString(digest[:]) }

// uploadTime bounds the storing of a file. Without a bound it would wait for ever for what a server that has no
// room, or has lost the bucket, does not acknowledge.
func uploadTime(size uint64) time.Duration {
	return 10*callTime + time.Duration(size>>20)*time.Second // 1 MiB a second is slow enough
}

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
	ctx, cancel = context.WithTimeout(ctx, uploadTime(f.Size))
	defer cancel()
	info, err = keys.Put(ctx, jetstream.ObjectMeta{Name: objectName(f.SHA256)}, r)
	if err != nil {
		return fmt.Errorf("storing a key: %w", err)
	}
	if info.Size != f.Size || info.Digest != "SHA-256="+base64.URLEncoding.EncodeToString(f.SHA256[:]) {
		return fmt.Errorf("storing a key: the file is not what its digest says")
	}
	return nil
}
