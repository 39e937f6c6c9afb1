package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"runtime/trace"

	"github.com/spf13/cobra"
)

// A profile says into which files a command writes what it did, for
// go tool pprof and go tool trace; empty: into none.
type profile struct {
	cpu, trace string
}

func (p *profile) flags(c *cobra.Command) {
	c.Flags().StringVar(&p.cpu, "cpuprofile", "", "write a profile of the processor's time to a file, for go tool pprof")
	c.Flags().StringVar(&p.trace, "trace", "", "write an execution trace to a file, for go tool trace")
}

// record calls f, and writes what it does into the files. They are whole when
// f fails, too.
func (p *profile) record(f func() error) (err error) {
	stopTrace, err := into(p.trace, trace.Start, trace.Stop)
	if err != nil {
		return fmt.Errorf("--trace: %w", err)
	}
	defer func() { err = errors.Join(err, stopTrace()) }()
	stopCPU, err := into(p.cpu, pprof.StartCPUProfile, pprof.StopCPUProfile)
	if err != nil {
		return fmt.Errorf("--cpuprofile: %w", err)
	}
	defer func() { err = errors.Join(err, stopCPU()) }()
	return f()
}

// into starts to write into a file of that name, and returns what ends it.
func into(name string, start func(io.Writer) error, stop func()) (func() error, error) {
	if name == "" {
		return func() error { return nil }, nil
	}
	file, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	if err := start(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return func() error {
		stop()
		return file.Close()
	}, nil
}
