// Codicil builds a site from versioned legal documents.
//
// See the README for what it does, and codicil help for its commands.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// The statuses with which the tool exits.
const (
	statusFine    = 0
	statusContent = 1 // the content has problems that are errors
	statusFailed  = 2 // wrong usage, or an operation failed
	statusNone    = 3 // next --since: no change has come
)

// errContent says that the problems which were printed are the failure.
var errContent = errors.New("the content has problems")

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run runs the tool with args and returns its exit status.
func run(args []string, stdout, stderr io.Writer) int {
	root := rootCommand()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	switch {
	case err == nil:
		return statusFine
	case errors.Is(err, errContent):
		return statusContent
	case errors.Is(err, errNone):
		return statusNone
	}
	fmt.Fprintf(stderr, "codicil: %v\n", err)
	return statusFailed
}

// version returns what the tool was built from, as Go's tools know it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "unknown"
	}
	return info.Main.Version
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "codicil",
		Short: "A site from versioned legal documents",
		Long: `Codicil builds a site from versioned legal documents: the text in force,
every version before it, and a redline of what changed in each.`,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.AddCommand(
		buildCommand(),
		checkCommand(),
		importCommand(),
		initCommand(),
		manCommand(),
		nextCommand(),
		redlineCommand(),
		releaseCommand(),
		reviewCommand(),
		serveCommand(),
		statusCommand(),
		verifyCommand(),
	)
	addCompletions(root)
	return root
}
