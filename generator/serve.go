package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"slices"
	"sync"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/internal/serve"
)

// A serveRequest is what the flags of serve ask for.
type serveRequest struct {
	content, asOf string
	templates     string // empty: the folder beside the content
	port          int
}

func serveCommand() *cobra.Command {
	var r serveRequest
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the site with its drafts on this machine",
		Long: `Serve shows the site with its drafts on 127.0.0.1. When a file of the content
changes, the open page follows and stays where it was scrolled to. A draft is shown
at DOCUMENT/draft/ with its redline against the version in force, its problems, and
what release would do. While the content has errors the last good page stays, with
the errors over it. Ctrl-C ends it. Nothing of it reaches public/.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return serveSite(ctx, r, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	contentFlag(c, &r.content)
	c.Flags().StringVar(&r.asOf, "as-of", "", "day that the site shows (default: today in the site's time zone)")
	templatesFlag(c, &r.templates)
	c.Flags().IntVar(&r.port, "port", 8080, "port; a free one is taken where it is in use")
	return c
}

func serveSite(ctx context.Context, r serveRequest, stdout, stderr io.Writer) error {
	// What changes after this is told, so that nothing is missed that is read below.
	if err := checkFolder(r.content); err != nil {
		return err
	}
	r.templates = string(templatesOf(r.templates, r.content))
	watch, err := serve.NewWatch(slices.DeleteFunc([]string{r.content, r.templates}, func(dir string) bool { return dir == "" })...)
	if err != nil {
		return err
	}
	defer watch.Close()
	if watch.Missed > 0 {
		fmt.Fprintf(stderr, "warning: the system watches no more than this: changes in %s are not seen (see fs.inotify.max_user_watches)\n",
			count(watch.Missed, "folder of frozen versions"))
	}
	lib, err := openLibrary(r.content, stderr)
	if err != nil {
		return err
	}
	p, err := newPreview(lib, r)
	if err != nil {
		return err
	}
	l, err := serve.Listen(r.port)
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	fmt.Fprintf(stdout, "Serving http://%s/ with drafts; Ctrl-C ends it\n", l.Addr())
	return p.run(ctx, l, watch, stdout, stderr)
}

// run shows the preview on l until ctx ends.
func (p *preview) run(ctx context.Context, l net.Listener, watch *serve.Watch, stdout, stderr io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	failed := func(err error) { fmt.Fprintf(stderr, "codicil: %v\n", err) }
	var wait sync.WaitGroup
	wait.Go(func() { p.follow(ctx, failed) })
	wait.Go(func() { p.report(ctx, stdout, stderr) })
	var watched error
	wait.Go(func() {
		watched = watch.Run(ctx, func(paths []string) {
			if err := p.update(paths); err != nil {
				failed(err)
			}
		})
		cancel() // without a watch, what is shown could be old
	})
	err := serve.Site(ctx, l, serve.Preview{File: p.File, State: p.State})
	cancel()
	wait.Wait()
	return errors.Join(err, watched)
}
