package serve

import (
	"bytes"
	_ "embed"
	"html"
	"net/http"
	"strings"
	"time"
)

// ownPath is where the server's own files are. No document is below it: a
// folder's name does not begin with a dot.
const ownPath = "/.codicil/"

//go:embed reload.js
var reloadScript []byte

//go:embed overlay.css
var overlayStyle []byte

// own answers with a file of the server.
func (p Preview) own(w http.ResponseWriter, r *http.Request, name string) {
	switch name {
	case "events":
		p.events(w, r)
	case "reload.js":
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(reloadScript))
	case "overlay.css":
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(overlayStyle))
	default:
		http.NotFound(w, r)
	}
}

// page answers with a page, which follows the site where that is edited.
func (p Preview) page(w http.ResponseWriter, r *http.Request, status int, data []byte, token string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "frame-ancestors 'none'")
	if p.State != nil {
		data = follow(data, token)
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(data) // the reader is gone: nobody to tell
	}
}

// How the policy of a page of a site begins, with scripts of the site and without.
const (
	noSource   = `content="default-src 'none';`
	ownScripts = noSource + ` script-src 'self';`
)

// follow adds to a page what makes it follow the site, before the page's own scripts, and
// the permission for it: scripts of the site. Requests to the site every page permits.
func follow(page []byte, token string) []byte {
	if !bytes.Contains(page, []byte(ownScripts)) {
		page = bytes.Replace(page, []byte(noSource), []byte(ownScripts), 1)
	}
	before := []byte("<script defer ")
	if !bytes.Contains(page, before) {
		before = []byte("</head>")
	}
	own := `<link rel="stylesheet" href="` + ownPath + `overlay.css">` + "\n" +
		`<script src="` + ownPath + `reload.js" data-token="` + html.EscapeString(token) + `" defer></script>` + "\n"
	return bytes.Replace(page, before, append([]byte(own), before...), 1)
}

// bare returns a page that says one thing.
func bare(words string) []byte {
	const page = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>WORDS</title>
</head>
<body>
<main><h1>WORDS</h1></main>
</body>
</html>
`
	return []byte(strings.ReplaceAll(page, "WORDS", html.EscapeString(words)))
}
