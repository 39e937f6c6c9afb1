package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// A dialog is how a command talks to its user: results go to out, questions and
// messages to err, and answers come from in.
type dialog struct {
	in       io.Reader
	out, err io.Writer
	live     bool // somebody is there to answer
}

// errAsked says that the answers ended before the questions did.
var errAsked = errors.New("the answers ended: nothing was done")

// terminalOf returns the dialog of a command. Somebody is there to answer if the
// input is a terminal.
func terminalOf(c *cobra.Command) *dialog {
	d := &dialog{in: c.InOrStdin(), out: c.OutOrStdout(), err: c.ErrOrStderr()}
	f, ok := d.in.(*os.File)
	d.live = ok && term.IsTerminal(int(f.Fd()))
	return d
}

// ask asks a question and returns the answer, or the usual one where it is empty.
func (d *dialog) ask(question, usual string) (string, error) {
	if usual != "" {
		question += " [" + usual + "]"
	}
	fmt.Fprint(d.err, question+" ")
	line, err := d.line()
	if err != nil {
		fmt.Fprintln(d.err)
		return "", errAsked
	}
	line = strings.TrimSpace(line)
	if !isTerminal(d.err) { // which would show it
		fmt.Fprintln(d.err, line)
	}
	if line == "" {
		return usual, nil
	}
	return line, nil
}

// line reads a line, and not a byte more: what follows may be for an editor.
func (d *dialog) line() (string, error) {
	var w strings.Builder
	for b := make([]byte, 1); ; {
		n, err := d.in.Read(b)
		switch {
		case n == 1 && b[0] == '\n':
			return w.String(), nil
		case n == 1:
			w.WriteByte(b[0])
		case err != nil:
			return "", err
		}
	}
}

// confirm asks a question that is answered by yes or no; no is the usual answer.
func (d *dialog) confirm(question string) (bool, error) {
	for {
		answer, err := d.ask(question, "y/N")
		if err != nil {
			return false, err
		}
		switch strings.ToLower(answer) {
		case "y", "yes":
			return true, nil
		case "n", "no", "y/n":
			return false, nil
		}
		fmt.Fprintln(d.err, "Answer yes or no.")
	}
}

// edit lets the user write a text in the editor that the environment names, and
// returns it without the lines that begin with #.
func (d *dialog) edit(text string) (string, error) {
	dir, err := os.MkdirTemp("", "codicil-edit-")
	if err != nil {
		return "", fmt.Errorf("make a file for the editor: %w", err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "summary.md")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return "", fmt.Errorf("make a file for the editor: %w", err)
	}
	c := editorOn(file)
	c.Stdin, c.Stdout, c.Stderr = d.in, d.err, d.err
	if err := c.Run(); err != nil {
		return "", fmt.Errorf("run the editor %s: %w", editor(), err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("read what the editor wrote: %w", err)
	}
	var kept []string
	for line := range strings.Lines(string(data)) {
		if !strings.HasPrefix(line, "#") {
			kept = append(kept, line)
		}
	}
	return strings.TrimSpace(strings.Join(kept, "")), nil
}

// editorOn returns the command that opens the editor on a file. A shell reads what
// the environment says, as git does, where there is one.
func editorOn(file string) *exec.Cmd {
	if sh, err := exec.LookPath("sh"); err == nil {
		return exec.Command(sh, "-c", editor()+` "$@"`, "sh", file)
	}
	words := strings.Fields(editor())
	return exec.Command(words[0], append(words[1:], file)...)
}

// editor returns the command of the editor that the user has chosen, or vi.
func editor() string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if s := strings.TrimSpace(os.Getenv(name)); s != "" {
			return s
		}
	}
	return "vi"
}
