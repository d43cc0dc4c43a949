package main

import (
	"errors"
	"fmt"
	"net"
	"strconv"

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
	address := "http://" + listener.Addr().String() + "/"
	if p.JSON {
		err = p.Report(pageReport{Site: dir, Address: address})
	} else {
		p.Say("%s shows %s, on this machine alone. Interrupt to end.", address, dir)
	}
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	return web.Serve(c.Context, listener, folder)
}
