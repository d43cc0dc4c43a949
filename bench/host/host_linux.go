package host

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// details reads /proc and /sys.
func details() (kernel, cpu string, memory uint64, mhz float64) {
	var name unix.Utsname
	if unix.Uname(&name) == nil {
		kernel = unix.ByteSliceToString(name.Release[:])
	}
	return kernel, processor("/proc/cpuinfo"), kibibytes(field("/proc/meminfo", "MemTotal")), clock("/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq", "/proc/cpuinfo")
}

// processor is the processor's name and the numbers that tell models of one name apart:
// those of x86, else those of ARM.
func processor(file string) string {
	for _, names := range [][]string{{"cpu family", "model", "stepping"}, {"CPU implementer", "CPU part", "CPU revision"}} {
		var parts []string
		for _, name := range names {
			if value := field(file, name); value != "" {
				parts = append(parts, strings.TrimPrefix(strings.ToLower(name), "cpu ")+" "+value)
			}
		}
		if len(parts) > 0 {
			return strings.TrimSpace(field(file, "model name") + " (" + strings.Join(parts, ", ") + ")")
		}
	}
	return field(file, "model name")
}

// clock is the highest frequency in MHz, else that of now.
func clock(highest, now string) float64 {
	if data, err := os.ReadFile(highest); err == nil {
		if kHz, err := strconv.ParseFloat(strings.TrimSpace(string(data)), 64); err == nil {
			return kHz / 1000
		}
	}
	mhz, err := strconv.ParseFloat(field(now, "cpu MHz"), 64)
	if err != nil {
		return 0
	}
	return mhz
}

// field returns the first value of a name in a file of lines "name: value".
func field(file, name string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(data)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// kibibytes reads "123 kB" into bytes, 0 if it is something else.
func kibibytes(s string) uint64 {
	n, err := strconv.ParseUint(strings.TrimSuffix(s, " kB"), 10, 44)
	if err != nil {
		return 0
	}
	return n * 1024
}

// Peak returns the largest resident size this process has had, in bytes; 0 if unknown. It
// is the kernel's VmHWM: getrusage's would start at the size of the process that forked.
func Peak() uint64 { return kibibytes(field("/proc/self/status", "VmHWM")) }

// Used returns the processor time of this process, in the kernel and out of it.
func Used() time.Duration {
	var r unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// tick is the unit of /proc/stat on every Linux of today.
const tick = 10 * time.Millisecond

// allUsed reads the first line of /proc/stat: ticks of user, nice, system, idle, iowait,
// irq, softirq, steal. All but idle and iowait is work.
func allUsed() (time.Duration, bool) {
	data, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, false
	}
	line, _, _ := strings.Cut(string(data), "\n")
	return busyTime(line)
}

func busyTime(line string) (time.Duration, bool) {
	fields := strings.Fields(line)
	if len(fields) < 9 || fields[0] != "cpu" {
		return 0, false
	}
	var ticks uint64
	for i, f := range fields[1:9] {
		n, err := strconv.ParseUint(f, 10, 48)
		if err != nil {
			return 0, false
		}
		if i != 3 && i != 4 {
			ticks += n
		}
	}
	return time.Duration(ticks) * tick, true
}

func load() (float64, bool) {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return 0, false
	}
	first, _, _ := strings.Cut(string(data), " ")
	l, err := strconv.ParseFloat(first, 64)
	return l, err == nil
}

// OnCores calls start, which starts a process, so that the process has the first n of this
// one's cores and no others. GOMAXPROCS alone would not do: gnark divides its work by the
// number of cores that the system gives, so n = 1 would be measured with work cut for more.
func OnCores(n int, start func() error) error {
	var before unix.CPUSet
	runtime.LockOSThread()
	if err := unix.SchedGetaffinity(0, &before); err != nil || before.Count() <= n {
		runtime.UnlockOSThread()
		return start()
	}
	var first unix.CPUSet
	for cpu := 0; first.Count() < n; cpu++ {
		if before.IsSet(cpu) {
			first.Set(cpu)
		}
	}
	if err := unix.SchedSetaffinity(0, &first); err != nil {
		runtime.UnlockOSThread()
		return err
	}
	err := start()
	// A thread that cannot have its cores back stays locked: it ends with the goroutine.
	if unix.SchedSetaffinity(0, &before) == nil {
		runtime.UnlockOSThread()
	}
	return err
}

// Pinned reports whether [OnCores] gives a process its cores, or only GOMAXPROCS.
const Pinned = true
