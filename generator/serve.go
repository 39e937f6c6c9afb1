package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/nanoprompt/codicil/generator/internal/serve"
)

func serveCommand() *cobra.Command {
	r := buildRequest{drafts: true, preview: true}
	var port int
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the site with its drafts on this machine",
		Long: `Serve builds the site with its drafts into a folder of its own, shows it on
127.0.0.1, and builds it again when the content changes. While the content has
errors the last good site stays. Ctrl-C ends it. Nothing of it reaches public/.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return serveSite(ctx, r, port, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	contentFlag(c, &r.content)
	c.Flags().StringVar(&r.asOf, "as-of", "", "day that the site shows (default: today in the site's time zone)")
	c.Flags().IntVar(&port, "port", 8080, "port; a free one is taken where it is in use")
	return c
}

func serveSite(ctx context.Context, r buildRequest, port int, stdout, stderr io.Writer) error {
	out, err := os.MkdirTemp("", "codicil-serve-")
	if err != nil {
		return fmt.Errorf("make a folder for the site: %w", err)
	}
	defer os.RemoveAll(out)
	r.out = out
	if _, err := build(r, stderr); err != nil {
		return err
	}
	l, err := serve.Listen(port)
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	fmt.Fprintf(stdout, "Serving http://%s/ with drafts; Ctrl-C ends it\n", l.Addr())
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	watched := make(chan error, 1)
	go func() {
		watched <- serve.Watch(ctx, r.content, func() {
			switch _, err := build(r, stderr); {
			case err == nil:
				fmt.Fprintln(stdout, "built again; reload the page")
			case !errors.Is(err, errContent):
				fmt.Fprintf(stderr, "codicil: %v\n", err)
			}
		})
		cancel() // without a watch, what is shown could be old
	}()
	err = serve.Site(ctx, l, out)
	cancel()
	return errors.Join(err, <-watched)
}
