//go:build js && wasm

// Wasm is the redline engine for browsers: it gives a worker the function
//
//	compareVersions(page, old, new, look) → {html} or {error}
//
// where page is the site's name of the page that will hold the HTML, old and new are
// text.json of two versions, and look the site's templates or empty; see site.Between.
package main

import (
	"fmt"
	"syscall/js"

	"github.com/nanoprompt/codicil/generator/internal/site"
)

func main() {
	js.Global().Set("compareVersions", js.FuncOf(func(_ js.Value, args []js.Value) any {
		html, err := between(args)
		if err != nil {
			return map[string]any{"error": err.Error()}
		}
		return map[string]any{"html": string(html)}
	}))
	select {}
}

// between calls site.Between. What breaks it is an error, since else the worker would
// wait for ever.
func between(args []js.Value) (html []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("compare: %v", p)
		}
	}()
	return site.Between(args[0].String(), []byte(args[1].String()), []byte(args[2].String()), []byte(args[3].String()))
}
