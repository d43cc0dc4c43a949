//go:build unix

package peers

import (
	"os/exec"
	"syscall"
	"time"
)

// stopGroup lets an interrupt end the process with those it has started.
func stopGroup(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
	c.WaitDelay = time.Second
}
