package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/page/web"
)

// serve shows a site's folder to browsers of this machine until it is interrupted.
func (p *program) serve(c *cli.Context, dir string) error {
	folder, err := files.OpenFolder(dir)
	if err != nil {
		return err
	}
	defer folder.Close() // only read
	listener, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.FormatUint(uint64(c.Uint("port")), 10)))
	if err != nil {
		return console.Hint(fmt.Errorf("listening on this machine: %w", err), "choose another --port")
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return err
	}
	server := &http.Server{Handler: web.Handler(folder, port), ReadHeaderTimeout: 10 * time.Second, WriteTimeout: time.Minute, MaxHeaderBytes: 1 << 14}
	stop := context.AfterFunc(c.Context, func() { server.Close() })
	defer stop()
	if p.JSON {
		err = p.Report(pageReport{Site: dir, Address: "http://127.0.0.1:" + port + "/"})
	} else {
		p.Say("http://127.0.0.1:%s/ shows %s, on this machine alone. Interrupt to end.", port, dir)
	}
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
