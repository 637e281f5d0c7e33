package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// cost is what a process took.
type cost struct {
	Seconds float64 `json:"seconds"`
	// Peak is the most memory that it held, in bytes; zero where the system doesn't say.
	Peak int64 `json:"peak"`
}

func (c cost) String() string {
	const mega = 1e6
	return fmt.Sprintf("%.2f s, %.0f MB", c.Seconds, float64(c.Peak)/mega)
}

// process runs a program in a folder, this one if it has no name. What it says on
// stderr is part of the error where it fails.
func process(ctx context.Context, dir string, out io.Writer, program string, args ...string) (cost, error) {
	var said tail
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, out, &said
	began := time.Now()
	err := cmd.Run()
	if err != nil {
		return cost{}, fmt.Errorf("%s %q: %w\n%s", filepath.Base(program), args, err, said.bytes)
	}
	return cost{Seconds: time.Since(began).Seconds(), Peak: peakMemory(cmd.ProcessState)}, nil
}

// tail keeps the end of what is written to it.
type tail struct{ bytes []byte }

func (t *tail) Write(p []byte) (int, error) {
	const most = 2000
	t.bytes = append(t.bytes, p...)
	t.bytes = t.bytes[max(0, len(t.bytes)-most):]
	return len(p), nil
}

// once runs a program whose output goes to a file, nowhere if that has no name. It tells
// what that took, and notes it in the folder: what was noted is not run again.
func (b *bench) once(ctx context.Context, step, file, program string, args ...string) error {
	note := filepath.Join(b.dir, step+".json")
	var c cost
	if body, err := os.ReadFile(note); err == nil {
		if err := json.Unmarshal(body, &c); err != nil {
			return fmt.Errorf("%s: %w; delete the folder to begin anew", note, err)
		}
		fmt.Printf("%s: %v (before)\n", step, c)
		return nil
	}
	out := io.Discard
	if file != "" {
		f, err := os.Create(file)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }() // what it holds was written by the process
		out = f
	}
	c, err := process(ctx, b.dir, out, program, args...)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %v\n", step, c)
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return os.WriteFile(note, body, 0o600)
}

// sizeOf gives how many bytes a file has, or all files of a folder.
func sizeOf(path string) (bytes int64, err error) {
	err = filepath.WalkDir(path, func(_ string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			bytes += info.Size()
		}
		return err
	})
	return bytes, err
}
