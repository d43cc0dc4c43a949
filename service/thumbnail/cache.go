package thumbnail

import "sync"

// maxKept bounds a cache, in bytes of thumbnails.
const maxKept = 32 << 20

// A Cache keeps thumbnails that were made. Its zero value is ready.
type Cache struct {
	Make func([]byte) ([]byte, error) // nil: [Make]

	mu   sync.Mutex
	made map[string][]byte
	size int
}

// Get returns the thumbnail of a key, made of what read returns unless it is there. A key names one
// picture for ever: it holds whatever tells that a file was changed. Failures are not kept.
func (c *Cache) Get(key string, read func() ([]byte, error)) ([]byte, error) {
	c.mu.Lock()
	small, there := c.made[key]
	c.mu.Unlock()
	if there {
		return small, nil
	}
	data, err := read()
	if err != nil {
		return nil, err
	}
	shrunk := c.Make
	if shrunk == nil {
		shrunk = Make
	}
	if small, err = shrunk(data); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.made == nil || c.size+len(small) > maxKept {
		c.made, c.size = map[string][]byte{}, 0
	}
	c.made[key] = small
	c.size += len(small)
	return small, nil
}
