package legal

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A picture is published from the site's own address, where a script in it
// could act as the site. So an SVG holds what draws, and nothing that runs,
// loads or changes: it is XML in UTF-8, of the elements listed here. Elements
// and attributes that drawing programs add in namespaces of their own mean
// nothing to a browser and are passed over.
var svgElements = wordSet(`
	svg g defs symbol use switch a view title desc metadata style
	path rect circle ellipse line polyline polygon image
	text tspan tref textPath
	linearGradient radialGradient stop pattern clipPath mask marker
	filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
	feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
	feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence`)

// foreignElements run or load something in some namespace that browsers know.
var foreignElements = wordSet("script iframe object embed handler listener foreignObject")

const (
	svgSpace    = "http://www.w3.org/2000/svg"
	xhtmlSpace  = "http://www.w3.org/1999/xhtml"
	mathmlSpace = "http://www.w3.org/1998/Math/MathML"
	xmlSpace    = "http://www.w3.org/XML/1998/namespace"
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// maxPictureFaults is how many faults of one picture are said.
const maxPictureFaults = 10

// checkSVG returns what in source, a picture, must not be published.
func checkSVG(source []byte) []fault {
	r := &svgReader{source: source, spaces: map[string]bool{"": true, xmlSpace: true, "xmlns": true}}
	if !utf8.Valid(source) {
		return []fault{{0, "unsafe-attachment", "the picture is not UTF-8 text", "export it again as SVG in UTF-8"}}
	}
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(source, []byte("\ufeff"))))
	shift := len(source) - len(bytes.TrimPrefix(source, []byte("\ufeff")))
	for len(r.faults) < maxPictureFaults {
		r.start = int(d.InputOffset()) + shift
		token, err := d.Token()
		r.end = min(int(d.InputOffset())+shift, len(source))
		if err == io.EOF {
			if !r.root {
				r.refuse("", "the picture holds no <svg>", "export it again as SVG")
			}
			break
		}
		if err != nil {
			r.start = r.end
			r.refuse("", "the picture is not XML: "+syntax(err), "export it again as SVG")
			break
		}
		r.token(token)
	}
	return r.faults
}

// syntax returns what err says without its line.
func syntax(err error) string {
	var s *xml.SyntaxError
	if errors.As(err, &s) {
		return s.Msg
	}
	if strings.Contains(err.Error(), "CharsetReader") {
		return "its encoding is not UTF-8"
	}
	return strings.TrimPrefix(err.Error(), "xml: ")
}

// An svgReader looks at one picture token by token.
type svgReader struct {
	source     []byte
	start, end int // of the token
	spaces     map[string]bool
	root       bool
	style      bool // the token stands in a style sheet
	sheet      strings.Builder
	sheetStart int
	faults     []fault
}

// refuse reports something in the token, at the attribute where it is one's.
func (r *svgReader) refuse(attribute, msg, hint string) {
	at := r.start
	if attribute != "" {
		tag := r.source[r.start:r.end]
		if m := regexp.MustCompile(`[\s:"']` + regexp.QuoteMeta(attribute) + `\s*=`).FindIndex(tag); m != nil {
			at += m[0] + 1
		}
	}
	r.faults = append(r.faults, fault{at, "unsafe-attachment", msg, hint})
}

func (r *svgReader) token(token xml.Token) {
	switch token := token.(type) {
	case xml.StartElement:
		r.element(token)
	case xml.EndElement:
		if r.style {
			r.start = r.sheetStart
			r.css("", "the style sheet", r.sheet.String())
			r.style = false
		}
	case xml.CharData:
		if r.style {
			r.sheet.Write(token)
		}
	case xml.ProcInst:
		if token.Target != "xml" {
			r.refuse("", "the picture holds the instruction <?"+token.Target+"?>", "remove the line, or export the picture as plain SVG")
		}
	case xml.Directive:
		if !bytes.HasPrefix(token, []byte("DOCTYPE")) || bytes.IndexByte(token, '[') >= 0 {
			r.refuse("", "the picture defines names in its DOCTYPE", "remove the DOCTYPE, or export the picture as plain SVG")
		}
	}
}

const drawHint = "export the picture again as plain SVG, without scripts, animation and HTML (in draw.io: without formatted text), or as PNG"

func (r *svgReader) element(e xml.StartElement) {
	for _, a := range e.Attr {
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			r.spaces[a.Value] = true
		}
	}
	ours := e.Name.Space == svgSpace || e.Name.Space == ""
	name := e.Name.Local
	switch {
	case !r.root && (!ours || name != "svg"):
		r.refuse("", "the file is not a picture: it begins with <"+name+">", "export it again as SVG")
	case r.style:
		r.refuse("", "the picture's style sheet holds the element <"+name+">", drawHint)
	case !r.spaces[e.Name.Space]:
		r.refuse("", "the picture does not say what "+e.Name.Space+": in <"+e.Name.Space+":"+name+"> means", "export it again as SVG")
	case ours && !svgElements[name],
		e.Name.Space == xhtmlSpace, e.Name.Space == mathmlSpace,
		hasFold(foreignElements, name), strings.Contains(name, ":"):
		r.refuse("", "the picture holds the element <"+name+">", drawHint)
	}
	r.root = true
	for _, a := range e.Attr {
		r.attribute(name, ours, a)
	}
	if ours && name == "style" {
		r.style, r.sheetStart = true, r.start
		r.sheet.Reset()
	}
}

func hasFold(set map[string]bool, name string) bool {
	for w := range set {
		if strings.EqualFold(w, name) {
			return true
		}
	}
	return false
}

func (r *svgReader) attribute(element string, ours bool, a xml.Attr) {
	name := a.Name.Local
	lower := strings.ToLower(name)
	switch {
	case a.Name.Space == "xmlns" || a.Name.Space == "" && name == "xmlns":
	case strings.HasPrefix(lower, "on") || strings.Contains(lower, ":on"):
		r.refuse(name, "the picture holds the script "+name+"="+quote(a.Value), drawHint)
	case lower == "base" && a.Name.Space == xmlSpace:
		r.refuse(name, "the picture holds the attribute xml:base", "remove it: what the picture needs stands in it")
	case lower == "href" || strings.HasSuffix(lower, ":href"):
		r.href(element, ours, a)
	case lower == "content" || strings.HasPrefix(lower, "data-") || strings.HasPrefix(lower, "aria-"):
		// words, or what a drawing program keeps for itself
	case ours:
		r.css(name, "the attribute "+name, a.Value)
	}
}

var rasterData = regexp.MustCompile(`(?i)^data:image/(?:png|jpe?g|gif|webp);base64,`)

// href holds what an element leads to or loads: a part of the picture, or for
// a link an address, or for an image its data.
func (r *svgReader) href(element string, ours bool, a xml.Attr) {
	value := strings.TrimSpace(a.Value)
	switch {
	case strings.HasPrefix(value, "#") || value == "":
	case !ours && SafeLink(value):
	case element == "a" && SafeLink(value):
	case (element == "image" || element == "feImage") && rasterData.MatchString(value):
	case element == "a" || !ours:
		r.refuse(a.Name.Local, "the link "+quote(value)+" in the picture is not safe to publish",
			"a link may begin with https:, http:, mailto:, tel:, # or be relative")
	case element == "image" || element == "feImage":
		r.refuse(a.Name.Local, "the picture loads "+quote(value), "embed the image in the picture, as PNG, JPEG, GIF or WebP")
	default:
		r.refuse(a.Name.Local, "the picture loads "+quote(value)+" for its <"+element+">", "put what is used into the picture itself")
	}
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssEscape  = regexp.MustCompile(`\\([0-9A-Fa-f]{1,6})[ \t\r\n\f]?|\\(.)`)
	cssLocal   = regexp.MustCompile(`url\(\s*["']?\s*#`)
	cssLoad    = regexp.MustCompile(`@import|@charset|@namespace|\burl\(|\bsrc\(|image-set\(|\bimage\(|\bcross-fade\(|expression\(|javascript:`)
)

// css reports what a style, or a value that is read as one, would load.
func (r *svgReader) css(attribute, where, value string) {
	if !strings.ContainsAny(value, `(@:\`) {
		return
	}
	plain := cssEscape.ReplaceAllStringFunc(value, func(s string) string {
		m := cssEscape.FindStringSubmatch(s)
		if m[1] == "" {
			return m[2]
		}
		n, _ := strconv.ParseInt(m[1], 16, 32)
		return string(rune(n))
	})
	// What stands in comments is looked at as well as what stands around
	// them, since a browser may see the comment's bounds elsewhere.
	for _, s := range []string{plain, cssComment.ReplaceAllString(plain, "")} {
		s = cssLocal.ReplaceAllString(strings.ToLower(s), "#")
		if what := cssLoad.FindString(s); what != "" {
			r.refuse(attribute, where+" in the picture loads or runs something: "+what, "put what is used into the picture itself; its fonts have to be ones that readers have")
			return
		}
	}
}
