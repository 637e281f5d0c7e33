//go:build unix && (amd64 || arm64)

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakMemory is the most memory, in bytes, that an ended process held. On Linux it is no
// less than what this program held when it started it.
func peakMemory(p *os.ProcessState) int64 {
	const kilo = 1024
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return usage.Maxrss
	}
	return usage.Maxrss * kilo
}
