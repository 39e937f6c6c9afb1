// What browser_test.go asks a page. Every answer is a list of complaints,
// which is empty where all is well, unless it says otherwise.
globalThis.probe = {
	// say names an element, so that a reader finds it.
	say(e) {
		const text = (e.textContent || e.getAttribute("aria-label") || "").trim().replace(/\s+/g, " ");
		return `<${e.localName}${e.className ? ` class="${e.className}"` : ""}> ${JSON.stringify(text.slice(0, 40))}`;
	},

	// inView reports whether some of e is in the window, and all its width; of what stands
	// in a table that scrolls, its middle.
	inView(e) {
		let r = e.getBoundingClientRect();
		if (e.closest(".table")) r = new DOMRect(r.x + r.width / 2, r.y, 1, r.height);
		return r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight && r.left >= 0 && r.right <= innerWidth + 1;
	},

	// overflow: the document does not scroll sideways.
	overflow() {
		const root = document.documentElement;
		if (root.scrollWidth <= root.clientWidth) return [];
		const wide = [...document.body.querySelectorAll("*")].filter(
			e => e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest(".table *"));
		return [`the document is ${root.scrollWidth} wide in ${root.clientWidth}: ` + wide.map(this.say).join(", ")];
	},

	// scripts: the page has no script but those of the site, in files, and no policy that
	// would let another.
	scripts() {
		const own = "script[defer][src*='assets/']:empty";
		const data = "script[type='application/ld+json']"; // runs nothing
		const found = [...document.querySelectorAll(`script:not(${own}, ${data})`)].map(this.say);
		for (const e of document.querySelectorAll("*")) {
			for (const a of e.attributes) {
				if (a.name.startsWith("on") || a.name == "style" || /^\s*javascript:/i.test(a.value)) {
					found.push(`${this.say(e)} has ${a.name}="${a.value}"`);
				}
			}
		}
		const policy = document.querySelector("meta[http-equiv=Content-Security-Policy]")?.content ?? "";
		if (!policy.includes("default-src 'none'") || policy.includes("unsafe") ||
			policy.includes("script-src") != !!document.querySelector(own) || /script-src(?! 'self';)/.test(policy)) {
			found.push(`the policy is "${policy}"`);
		}
		return found;
	},

	// stops returns how many places the Tab key stops at, and remembers them.
	stops() {
		this.places = [...document.querySelectorAll("a[href]:not([tabindex='-1']), button, input:enabled, select, summary, [tabindex='0']")].filter(e => e.checkVisibility());
		return this.places.length;
	},

	// parts returns how often the Tab key stops again in a field that it stopped at: a
	// date has a month, a day, a year and a calendar.
	parts() {
		return 3 * this.places.filter(e => e.type == "date").length;
	},

	// focused returns what has the focus: its place among the stops, or -1, its
	// tag, and what is wrong with the way that it shows.
	focused() {
		const e = document.activeElement;
		const style = getComputedStyle(e);
		const complaints = [];
		if (style.outlineStyle == "none" || parseFloat(style.outlineWidth) < 2) {
			complaints.push(`${this.say(e)} has the outline ${style.outlineWidth} ${style.outlineStyle}`);
		}
		if (!(parseFloat(style.opacity) > .9) || !this.inView(e)) {
			complaints.push(`${this.say(e)} cannot be seen`);
		}
		return {place: (this.places ?? []).indexOf(e), tag: e.localName, id: e.id, class: e.className, complaints};
	},

	// missed: of the stops, those that are not among the places reached.
	missed(reached) {
		return this.places.filter((e, i) => !reached.includes(i)).map(this.say);
	},

	// opened reports whether the details of the focused summary show a text.
	opened() {
		const details = document.activeElement.closest("details");
		return details.open && [...details.children].slice(1).some(e => e.checkVisibility() && e.textContent.trim() != "");
	},

	// marks: insertions and deletions differ from plain text, and from each
	// other, by more than their colour.
	marks() {
		const found = [];
		const line = {ins: "underline", del: "line-through"};
		for (const tag of ["ins", "del"]) {
			const all = [...document.querySelectorAll(tag)];
			for (const e of all) {
				const style = getComputedStyle(e);
				if (style.textDecorationLine != line[tag] || style.textDecorationStyle == "dashed") {
					found.push(`${this.say(e)} has the decoration "${style.textDecoration}"`);
				}
			}
			if (all.length == 0 && document.querySelector(".redline")) {
				found.push(`there is no ${tag} on a redline`);
			}
		}
		return found;
	},

	// navigation: in print, nothing is left that leads elsewhere and says nothing.
	navigation() {
		const led = [...document.querySelectorAll("nav, .skip, .actions, .anchor, summary, [href$='.atom'], [href$='.json']")];
		const bare = [...document.querySelectorAll("article > footer a")].filter(e => e.textContent != e.href);
		return led.concat(bare).filter(e => e.checkVisibility()).map(this.say);
	},

	// contents: the table of contents stays in view at the end of the text.
	contents() {
		const nav = document.querySelector(".columns > .contents");
		if (!nav || nav.offsetHeight > Math.min(nav.parentElement.offsetHeight - 100, innerHeight / 2)) return []; // there is no room to move
		scrollTo(0, document.documentElement.scrollHeight);
		const found = [nav.querySelector("h2"), nav.querySelector("a")].filter(e => !this.inView(e)).map(this.say);
		scrollTo(0, 0);
		return found;
	},

	// accessibility: axe finds nothing against WCAG 2.2 AA and good practice.
	async accessibility() {
		const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
		const {violations} = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
		// What lies half below a column that stays is as large as it was.
		const scrolled = (v, n) => v.id == "target-size" && /partially obscured/.test(n.failureSummary) && document.querySelector(n.target[0])?.closest(".sections-map");
		return violations.flatMap(v => v.nodes.filter(n => !scrolled(v, n)).map(n => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary.replace(/\s+/g, " ")}`));
	},
};
