// Package engine holds the redline engine for browsers: wasm/ compiled to
// WebAssembly, and the script of the worker that runs it.
//
// The module is not in the repository: make compiles it into built/ before the tool,
// from the same sources. A tool that was built without it (by go run or go install)
// has no engine, and publishes sites without the comparison in the browser.
package engine

import (
	"bytes"
	"compress/gzip"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
)

//go:embed built worker.js
var files embed.FS

// Read returns the worker's script and the module: nil where the tool was built without
// them.
func Read() (script, module []byte, err error) {
	packed, err := files.ReadFile("built/redline.wasm.gz")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	runtime, err1 := files.ReadFile("built/wasm_exec.js")
	worker, err2 := files.ReadFile("worker.js")
	module, err3 := unpack(packed)
	if err := errors.Join(err, err1, err2, err3); err != nil {
		return nil, nil, fmt.Errorf("read the engine for browsers: %w", err)
	}
	return slices.Concat(runtime, []byte("\n"), worker), module, nil
}

func unpack(packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
