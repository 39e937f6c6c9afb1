package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// beat is how often a stream says that it lives, which shows whether its reader does.
const beat = 20 * time.Second

// mostFaults is how many faults are told at once: more are not read.
const mostFaults = 200

// events streams the states of a page until the reader goes or the server ends.
func (p Preview) events(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	page, seen := fileOf(r.FormValue("page")), r.FormValue("token")
	told := encode(nil) // what a page takes for granted
	fmt.Fprint(w, "retry: 500\n\n")
	alive := time.NewTicker(beat)
	defer alive.Stop()
	for {
		now := p.State(page)
		if now.Token != seen {
			seen = now.Token
			fmt.Fprintf(w, "event: reload\ndata: %s\n\n", seen)
		}
		if faults := encode(now.Faults); faults != told {
			told = faults
			fmt.Fprintf(w, "event: faults\ndata: %s\n\n", told)
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-now.Changed:
		case <-alive.C:
			fmt.Fprint(w, ":\n\n")
		}
	}
}

// encode returns faults as JSON on one line.
func encode(faults []Fault) string {
	if more := len(faults) - mostFaults; more > 0 {
		faults = append(faults[:mostFaults:mostFaults], Fault{Kind: "error", Message: fmt.Sprintf("and %d more", more)})
	}
	if faults == nil {
		faults = []Fault{}
	}
	data, err := json.Marshal(faults)
	if err != nil {
		panic(err) // strings and numbers alone
	}
	return string(data)
}
