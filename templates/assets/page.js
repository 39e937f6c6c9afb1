// What a version's page does beside being read: each part stands alone, and without it
// the page says the same.

// The contents follow the reader: they mark the section that is read, the last that
// begins above a line near the top of the window.
{
	const nav = document.querySelector(".contents");
	const links = new Map([...document.querySelectorAll(".contents a")].map(a => [a.hash.slice(1), a]));
	const sections = [...document.querySelectorAll(".text > section[id]")].filter(s => links.has(s.id));
	const folded = nav?.querySelector("details");
	let marked, chosen;

	const mark = section => {
		const link = section && links.get(section.id);
		if (link === marked) return;
		marked?.removeAttribute("aria-current");
		marked = link;
		place.textContent = link?.textContent ?? "";
		if (!link) return;
		link.setAttribute("aria-current", "location");
		const [box, at] = [nav.getBoundingClientRect(), link.getBoundingClientRect()];
		if (at.top < box.top) nav.scrollTop += at.top - box.top - box.height / 3;
		if (at.bottom > box.bottom) nav.scrollTop += at.bottom - box.bottom + box.height / 3;
	};
	const look = () => {
		const end = scrollY > 0 && Math.ceil(scrollY + innerHeight) >= document.documentElement.scrollHeight - 1;
		const last = end ? innerHeight : innerHeight / 4;
		mark(chosen ?? sections.findLast(s => s.getBoundingClientRect().top <= last));
	};
	// What the reader chose stays marked until they move on, also where the page is too
	// short to bring it to the top.
	const choose = () => {
		chosen = sections.find(s => s.contains(document.querySelector(":target")));
		if (folded) folded.open = false;
		look();
	};
	const leave = () => {
		if (!chosen) return;
		chosen = undefined;
		requestAnimationFrame(look);
	};

	// On a narrow screen the contents are folded: they stay on top and say where one is.
	const place = document.createElement("span");
	place.className = "place";
	place.setAttribute("aria-hidden", "true");
	if (folded) {
		nav.dataset.follows = "";
		folded.firstElementChild.append(place);
		nav.addEventListener("click", e => { if (e.target.closest("a")) folded.open = false; });
		addEventListener("click", e => { if (!nav.contains(e.target)) folded.open = false; });
		addEventListener("keydown", e => {
			if (e.key === "Escape" && folded.open) {
				folded.open = false;
				folded.firstElementChild.focus();
			}
		});
	}
	if (sections.length) {
		const watch = new IntersectionObserver(look, { rootMargin: "-15% 0px -75% 0px" });
		sections.forEach(s => watch.observe(s));
		const foot = document.querySelector("footer.site");
		if (foot) new IntersectionObserver(look, { threshold: [0, .5, 1] }).observe(foot);
		addEventListener("hashchange", choose);
		for (const moves of ["wheel", "touchmove", "keydown"]) addEventListener(moves, leave, { passive: true });
		if (location.hash) choose();
	}
}

// The sign at a heading leads to it, and copies what a citation needs: the permanent
// address of the section in this version, and with formatting its name as well.
{
	const { name, permanent, copied } = document.querySelector("article").dataset;
	const said = document.createElement("p");
	said.className = "copied";
	said.setAttribute("role", "status");
	if (permanent && navigator.clipboard) document.querySelector("main").append(said);
	document.addEventListener("click", async e => {
		const sign = e.target.closest(".text .anchor");
		if (!sign || !said.isConnected || e.ctrlKey || e.metaKey || e.shiftKey || e.button) return;
		const address = permanent + sign.hash;
		const link = document.createElement("a");
		link.href = link.textContent = address;
		const words = document.createElement("span");
		words.append(`${name}, ${sign.parentElement.firstElementChild.textContent}, `, link);
		try {
			await navigator.clipboard.write([new ClipboardItem({
				"text/plain": new Blob([address], { type: "text/plain" }),
				"text/html": new Blob([words.outerHTML], { type: "text/html" }),
			})]);
		} catch {
			return; // the reader does not let pages write there
		}
		said.textContent = copied;
		setTimeout(() => { said.textContent = ""; }, 4000);
	});
}

// How many days are left until a version applies, by the calendar of the site's zone.
for (const left of document.querySelectorAll("[data-until]")) {
	const { until, zone, words } = left.dataset;
	const parts = new Intl.DateTimeFormat("en", { timeZone: zone, year: "numeric", month: "numeric", day: "numeric", calendar: "gregory" }).formatToParts(Date.now());
	const part = type => Number(parts.find(p => p.type === type).value);
	const days = (Date.parse(until) - Date.UTC(part("year"), part("month") - 1, part("day"))) / 864e5;
	if (days > 0) left.textContent = new Intl.RelativeTimeFormat(words, { numeric: "auto" }).format(days, "day");
}

// Where a defined term is used, its definition is shown: under the pointer, with the
// keyboard, and at the first touch. It stays while the pointer is on it, and Escape
// closes it (WCAG 1.4.13). A link without it leads to the definition.
if (HTMLElement.prototype.showPopover) {
	const tip = document.createElement("div");
	tip.id = "definition_shown";
	tip.className = "definition";
	tip.setAttribute("role", "tooltip");
	tip.popover = "manual";
	let shown, timer, touched;

	// The sentence that defines the term, or what a list says of it, cut where it is long.
	const words = dfn => {
		const block = dfn.closest("p, li, dd, td, dt, pre");
		const said = block.localName === "dt" ? block.nextElementSibling : block;
		const copy = said.cloneNode(true);
		copy.querySelectorAll("ul, ol, table, sup").forEach(e => e.remove());
		let text = copy.textContent;
		if (said === block && Intl.Segmenter) {
			const before = document.createRange();
			before.setStart(block, 0);
			before.setEndBefore(dfn);
			const at = before.toString().length;
			const sentence = [...new Intl.Segmenter(document.documentElement.lang, { granularity: "sentence" }).segment(text)].findLast(s => s.index <= at);
			text = text.slice(sentence?.index ?? 0);
		}
		text = text.replace(/\s+/g, " ").trim();
		return text.length > 420 ? text.slice(0, text.lastIndexOf(" ", 400)) + " …" : text;
	};
	const hide = () => {
		clearTimeout(timer);
		if (!shown) return;
		shown.removeAttribute("aria-describedby");
		shown = undefined;
		tip.hidePopover();
	};
	const show = link => {
		clearTimeout(timer);
		const dfn = document.getElementById(link.hash.slice(1));
		if (shown === link || !dfn) return;
		hide();
		shown = link;
		document.querySelector("main").append(tip);
		tip.textContent = words(dfn);
		tip.dir = getComputedStyle(link).direction;
		link.setAttribute("aria-describedby", tip.id);
		tip.showPopover();
		const lines = link.getClientRects(), at = tip.dir === "rtl" ? lines[0].right - tip.offsetWidth : lines[0].left;
		const below = lines[lines.length - 1].bottom + 6, above = lines[0].top - 6 - tip.offsetHeight;
		tip.style.left = scrollX + Math.max(12, Math.min(at, document.documentElement.clientWidth - tip.offsetWidth - 12)) + "px";
		tip.style.top = scrollY + (below + tip.offsetHeight > innerHeight && above > 0 ? above : below) + "px";
	};
	const later = (what, time) => {
		clearTimeout(timer);
		timer = setTimeout(what, time);
	};
	for (const link of document.querySelectorAll(".text a.term")) {
		link.addEventListener("pointerenter", e => { if (e.pointerType !== "touch") later(() => show(link), 150); });
		link.addEventListener("pointerleave", e => { if (e.pointerType !== "touch") later(hide, 300); });
		link.addEventListener("focus", () => show(link));
		link.addEventListener("blur", hide);
		link.addEventListener("pointerdown", e => { touched = e.pointerType === "touch" && shown !== link; });
		link.addEventListener("click", e => {
			if (touched) {
				e.preventDefault();
				show(link);
			} else {
				hide();
			}
			touched = false;
		});
	}
	tip.addEventListener("pointerenter", () => clearTimeout(timer));
	tip.addEventListener("pointerleave", () => later(hide, 300));
	document.addEventListener("keydown", e => { if (e.key === "Escape") hide(); });
	document.addEventListener("pointerdown", e => { if (shown && !shown.contains(e.target) && !tip.contains(e.target)) hide(); });
}
