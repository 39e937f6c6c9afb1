package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"codicil": main,
	})
}

// TestScript runs the tool as its users do; testdata/script has a file for
// each command and each promise.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       os.Getenv("UPDATE") != "",
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"replace":  replace,
			"flip":     flip,
			"style":    style,
			"sametree": sameTree,
			"exits":    exits,
			"step":     step,
		},
	})
}
