// Library writes a library to measure with: the content of a site, and the
// same Markdown for Hugo.
//
//	go run ./generator/bench/library -versions 1000 -content FOLDER -hugo FOLDER
//
// writes 100 documents with ten versions each; -documents and -longest give
// another shape. With -pairs a library changes as those pairs of versions do,
// with -repeat it is real documents, again and again.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"

	"github.com/nanoprompt/codicil/generator/bench"
)

func main() {
	if err := run(os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "library:", err)
		os.Exit(2)
	}
}

func run(args []string) error {
	f := flag.NewFlagSet("library", flag.ContinueOnError)
	versions := f.Int("versions", 1000, "versions of all documents, 10 to 100,000")
	documents := f.Int("documents", 0, "documents (default: by the versions)")
	longest := f.Int("longest", 0, "versions of the first document, where -documents is given (default: as many as the others)")
	seed := f.Uint64("seed", 1, "where chance begins")
	pairs := f.String("pairs", "", "file of pairs whose statistics the library has (default: those that are kept)")
	repeat := f.String("repeat", "", "folder of real documents")
	content := f.String("content", "", "folder for the content")
	hugo := f.String("hugo", "", "folder for Hugo's site")
	if err := f.Parse(args); err != nil {
		return err
	}
	shape := bench.ShapeOf(*versions)
	if *documents > 0 {
		shape = bench.Shape{Documents: *documents, Versions: *versions, Longest: *longest}
	}
	library, site, err := open(shape, *seed, *pairs, *repeat)
	if err != nil {
		return err
	}
	var writers []bench.Writer
	if *content != "" {
		w, err := bench.NewContent(*content, site)
		if err != nil {
			return err
		}
		writers = append(writers, w)
	}
	if *hugo != "" {
		w, err := bench.NewHugo(*hugo)
		if err != nil {
			return err
		}
		writers = append(writers, w)
	}
	return bench.Write(library, writers...)
}

// open returns the library that the flags ask for, with its settings.
func open(shape bench.Shape, seed uint64, pairs, repeat string) (bench.Library, string, error) {
	if repeat != "" {
		docs, err := bench.Histories(os.DirFS(repeat))
		if err != nil {
			return nil, "", fmt.Errorf("open the documents: %w", err)
		}
		return bench.Real(os.DirFS(repeat), bench.Repeat(docs, shape.Versions), true), bench.RealSite, nil
	}
	statistics := bench.Measured()
	if pairs != "" {
		file, err := os.Open(pairs)
		if err != nil {
			return nil, "", err
		}
		defer file.Close()
		if statistics, err = bench.Measure(file); err != nil {
			return nil, "", err
		}
	}
	return statistics.Library(shape, seed), bench.Site, shape.Check()
}
