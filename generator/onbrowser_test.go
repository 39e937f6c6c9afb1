package main

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestOnDay asks in a real browser which version was in force on a day.
func TestOnDay(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	browser := startBrowser(t)
	base := buildExample(t)
	const page = "terms-of-service/on/"
	onDay := func(p *tab, day string) {
		ask[bool](t, p, `document.forms[0].elements.date.value = "`+day+`", document.querySelector("form button").click(), true`)
	}
	t.Run("form", func(t *testing.T) {
		p := openTab(t, browser, base, page)
		onDay(p, "2020-01-01")
		p.wait(t, `document.querySelector("[data-answer=none]").checkVisibility()`)
		onDay(p, "2999-01-01")
		p.wait(t, `document.querySelector("[data-answer='2027-01-15']").checkVisibility()`)
		if n := ask[int](t, p, `[...document.querySelectorAll("[data-answer]")].filter(e => e.checkVisibility()).length`); n != 1 {
			t.Errorf("%d answers are shown, want one", n)
		}
		onDay(p, "2024-10-31") // the last day of a version
		leadsTo(t, p, "/terms-of-service/1.0.1/")
		quiet(t, p)
	})
	for query, want := range map[string]string{
		"?date=2024-11-01": "/terms-of-service/1.1.0/", // the first day of a version
		"?date=2024-03":    "/terms-of-service/1.0.0/",
	} {
		t.Run(query, func(t *testing.T) {
			p := openTab(t, browser, base, page+query)
			leadsTo(t, p, want)
			quiet(t, p)
		})
	}
	for query, want := range map[string]string{
		"?date=2024-02-29": `document.querySelector("[data-answer=none]").checkVisibility()`,
		"?date=nonsense":   `document.querySelector("form").checkVisibility() && !document.querySelector("[role=status]").innerText.trim()`,
	} {
		t.Run(query, func(t *testing.T) {
			p := openTab(t, browser, base, page+query)
			p.wait(t, want)
			quiet(t, p)
		})
	}
	t.Run("no script", func(t *testing.T) {
		p := openTab(t, browser, base, page)
		p.do(t, send(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}), chromedp.Navigate(p.url))
		if ask[bool](t, p, `document.querySelector("form").checkVisibility()`) {
			t.Error("the form is shown, and does nothing")
		}
		if n := ask[int](t, p, `[...document.querySelectorAll(".periods a")].filter(e => e.checkVisibility()).length`); n != 6 {
			t.Errorf("%d periods are shown, want 6", n)
		}
	})
}

// leadsTo waits for the page of a version, and reports if it is another.
func leadsTo(t *testing.T, p *tab, want string) {
	t.Helper()
	p.do(t, chromedp.WaitVisible("article.document"))
	if got := ask[string](t, p, "location.pathname"); !strings.HasPrefix(got, want) {
		t.Errorf("the page is %s, want %s", got, want)
	}
}

// quiet reports what the browser had to say about the page.
func quiet(t *testing.T, p *tab) {
	t.Helper()
	for _, what := range p.noise.all() {
		t.Error(what)
	}
}
