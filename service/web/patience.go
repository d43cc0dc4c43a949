package web

import (
	"net"
	"time"
)

// Patience is how long a server waits for a client. Zeros are the defaults.
type Patience struct {
	Header time.Duration // for a request's header; 10 s
	File   time.Duration // for a file of an upload; 2 min. Other bodies have 5 s
	Idle   time.Duration // between requests of one connection; 2 min
	Write  time.Duration // for a client to take a part of an answer; 1 min
}

func (p *Patience) fill() {
	for at, otherwise := range map[*time.Duration]time.Duration{&p.Header: 10 * time.Second, &p.File: 2 * time.Minute, &p.Idle: 2 * time.Minute, &p.Write: time.Minute} {
		if *at == 0 {
			*at = otherwise
		}
	}
}

// Listen returns a listener whose connections end when their clients take nothing of an answer for a while. An
// answer as a whole may take as long as it likes: some are large, and progress is a stream.
func (p Patience) Listen(l net.Listener) net.Listener {
	p.fill()
	return &patient{l, p.Write}
}

type patient struct {
	net.Listener
	write time.Duration
}

func (p *patient) Accept() (net.Conn, error) {
	c, err := p.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &taken{c, p.write}, nil
}

type taken struct {
	net.Conn
	write time.Duration
}

// most is what a client has to take within one patience.
const most = 64 << 10

func (c *taken) Write(b []byte) (n int, err error) {
	for n < len(b) || n == 0 {
		if err := c.SetWriteDeadline(time.Now().Add(c.write)); err != nil {
			return n, err
		}
		m, err := c.Conn.Write(b[n:min(len(b), n+most)])
		if n += m; err != nil || len(b) == 0 {
			return n, err
		}
	}
	return n, nil
}
