// Makes the page follow the site while that is edited: it is renewed in its
// place when it changes, and faults are shown over it. See package serve.
(() => {
	"use strict";
	const page = document.currentScript.dataset;
	let events;

	function listen() {
		events?.close();
		events = new EventSource("/.codicil/events?" + new URLSearchParams({page: location.pathname, token: page.token}));
		events.addEventListener("reload", renew);
		events.addEventListener("faults", e => tell(JSON.parse(e.data)));
	}

	// Browsers hold few connections to a host: pages that nobody sees give theirs back.
	document.addEventListener("visibilitychange", () => document.hidden ? events.close() : listen());
	addEventListener("pagehide", () => events.close());
	addEventListener("pageshow", e => e.persisted && listen());

	// The page

	let renewing, again;

	// renew gets the page as it is now and shows it at the same place.
	async function renew() {
		again = renewing;
		if (renewing) return;
		renewing = true;
		try {
			const answer = await fetch(location.pathname + location.search, {cache: "no-store"});
			const next = new DOMParser().parseFromString(await answer.text(), "text/html");
			page.token = next.querySelector("script[data-token]").dataset.token;
			await replace(next);
		} catch {
			// The server has ended, and sends the event again when it is back.
		}
		renewing = false;
		if (again) renew();
	}

	// replace puts the contents of next in the place of the page's own. The reader
	// keeps the place, the focus, and what was opened or closed.
	async function replace(next) {
		const stay = keepPlace(), focus = keepFocus(), details = keepDetails();
		document.title = next.title;
		for (const name of ["lang", "dir"]) document.documentElement[name] = next.documentElement[name];
		const style = doc => [...doc.querySelectorAll("link[rel=stylesheet]")].find(e => !e.getAttribute("href").startsWith("/.codicil/"));
		if (style(document)?.getAttribute("href") != style(next)?.getAttribute("href")) style(document).replaceWith(style(next));
		for (const e of [...document.body.childNodes]) if (!own.includes(e)) e.remove();
		document.body.prepend(...next.body.childNodes);
		details();
		focus();
		stay();
		await run([...next.head.querySelectorAll("script[src*='assets/']")]);
		focus();
		stay(); // of what the scripts added above
	}

	// The site's own scripts, which this one comes before, run again with new contents. What
	// they listen to on the whole page ends with the contents that they did it for.
	let life = new AbortController();
	const whole = Object.fromEntries([["window", window], ["document", document]].map(([name, target]) => [name, target.addEventListener.bind(target)]));
	window.addEventListener = (type, f, options) => whole.window(type, f, mortal(options));
	document.addEventListener = (type, f, options) => whole.document(type, f, mortal(options));

	function mortal(options) {
		return {...typeof options == "object" ? options : {capture: !!options}, signal: life.signal};
	}

	function run(scripts) {
		life.abort();
		life = new AbortController();
		document.head.querySelectorAll("script[src*='assets/']").forEach(e => e.remove());
		return Promise.all(scripts.map(script => new Promise(done => {
			const e = make("script", Object.fromEntries([...script.attributes].map(a => [a.name, a.value])));
			e.async = false; // one after the other
			e.onload = e.onerror = done;
			document.head.append(e);
		})));
	}

	// keepPlace remembers where the reader is: by the last anchor above, since
	// the text before it can become longer. What is in a nav may stay in the window.
	function keepPlace() {
		const {scrollX: x, scrollY: y} = window;
		const top = e => e.getBoundingClientRect().top;
		const begin = 16 + (parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockStart) || 0);
		const anchor = [...document.querySelectorAll("main [id]:not(nav *)")].filter(e => e.checkVisibility() && top(e) <= begin).at(-1);
		const was = anchor && top(anchor);
		return () => {
			scrollTo({left: x, top: y, behavior: "instant"});
			const same = y > 0 && anchor && document.getElementById(anchor.id);
			if (same) scrollBy({top: top(same) - was, behavior: "instant"});
		};
	}

	// keepFocus remembers what has the focus: the same link, or one of the same kind.
	function keepFocus() {
		const was = document.activeElement;
		if (was == document.body || own.some(e => e.contains(was))) return () => {};
		const known = e => e.id || [e.className, ...e.href ? [e.getAttribute("href"), e.textContent] : [e.parentNode.className]].join("\n");
		const alike = () => [...document.querySelectorAll(was.localName)].filter(e => known(e) == name);
		const name = known(was), at = alike().indexOf(was);
		return () => alike()[at]?.focus({preventScroll: true});
	}

	function keepDetails() {
		const open = [...document.querySelectorAll("details")].map(e => e.open);
		return () => {
			const now = document.querySelectorAll("details");
			if (now.length == open.length) now.forEach((e, i) => e.open = open[i]);
		};
	}

	// The faults

	// make returns an element with attributes and contents, which are text or elements.
	function make(name, attributes, ...contents) {
		const e = document.createElement(name);
		for (const a in attributes) e.setAttribute(a, attributes[a]);
		e.append(...contents);
		return e;
	}

	const title = make("h2", {id: "codicil_title", "aria-live": "polite"});
	const list = make("ol", {});
	const close = make("button", {type: "button"}, "Close ", make("kbd", {}, "Esc"));
	const dialog = make("dialog", {id: "codicil_faults", role: "alertdialog", "aria-labelledby": "codicil_title", "aria-describedby": "codicil_why"},
		make("header", {}, title, close),
		make("p", {id: "codicil_why"}, "The page behind this is the last one that could be built. It follows as soon as the files are mended."),
		make("div", {tabindex: "0", role: "group", "aria-label": "All problems"}, list));
	const open = make("button", {id: "codicil_open", type: "button", hidden: ""});
	const own = [dialog, open];
	document.body.append(...own);
	close.addEventListener("click", () => dialog.close());
	open.addEventListener("click", () => dialog.showModal());
	dialog.addEventListener("close", () => {
		open.hidden = known.length == 0;
		if (!open.hidden) open.focus({preventScroll: true});
	});

	let known = [];

	// tell shows the faults that there are now. Who closed them is shown them again
	// once there are others.
	function tell(faults) {
		const text = f => f.place + f.message;
		const fresh = faults.some(f => f.kind == "error" && !known.some(k => text(k) == text(f)));
		known = faults;
		const errors = faults.filter(f => f.kind == "error").length;
		title.textContent = errors == 1 ? "An error in the content" : errors + " errors in the content";
		open.textContent = errors == 1 ? "1 error" : errors + " errors";
		list.replaceChildren(...faults.map(item));
		if (faults.length == 0) {
			dialog.close();
			open.hidden = true;
		} else if (fresh && !dialog.open) {
			open.hidden = true;
			dialog.showModal();
		}
	}

	function item(f) {
		const li = make("li", {class: f.kind},
			make("p", {class: "place"}, make("code", {}, f.place), " ", make("span", {}, f.kind)),
			make("p", {}, f.message));
		if (f.source !== undefined) {
			const signs = [...f.source], at = f.column ?? 0;
			li.append(make("pre", {}, signs.slice(0, at).join(""), make("mark", {}, signs[at] ?? " "), signs.slice(at + 1).join("")));
		}
		if (f.hint) li.append(make("p", {class: "hint"}, make("strong", {}, "Hint: "), f.hint));
		return li;
	}

	listen();
})();
