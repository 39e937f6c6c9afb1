package main

import (
	"io/fs"
	"syscall"
	"time"
)

// changeTime returns when a file's bytes or attributes last changed, which no
// program can set.
func changeTime(info fs.FileInfo) time.Time {
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		return time.Unix(sys.Ctim.Unix())
	}
	return info.ModTime()
}
