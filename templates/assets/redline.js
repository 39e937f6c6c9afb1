// The page of a redline: its three views, the way from change to change, and a map
// of the changes in the margin. Without this script the page shows the marked text
// and, at #clean_text, the new one.
{
	const marks = "ins, del, hr[data-rl], [data-rl^=move], .fmt, .sign, .note, .remark, .title";
	const blocks = "p, h1, h2, h3, h4, h5, h6, ul, ol, li, dl, dt, dd, pre, blockquote, div, hr, details";
	const views = ["marked", "side", "clean"];
	const viewOf = hash => views.find(v => hash == `#${v}_text`);

	// make returns an element of a class with contents.
	function make(name, ...contents) {
		const e = document.createElement(name == "sides" ? "dl" : "div");
		e.className = name;
		e.append(...contents);
		return e;
	}

	// Side by side

	// sideBySide returns text, the marked one, in two columns, block beside block.
	function sideBySide(text, sides) {
		const labels = make("pair labels", ...sides.map((e, i) => make(i ? "new" : "old", make("sides", e.cloneNode(true)))));
		labels.lang = document.documentElement.lang;
		const out = text.cloneNode(false);
		out.className = "text pairs";
		out.append(labels);
		out.id = "side_text";
		text = text.cloneNode(true);
		text.querySelectorAll("ol").forEach(number);
		for (const e of [...text.children]) {
			if (e.localName == "section") {
				const section = e.cloneNode(false);
				section.append(...[...e.children].flatMap(split).map(row => pair(row, e.dataset.in)));
				out.append(section);
			} else {
				out.append(pair(e));
			}
		}
		const ids = new Set();
		for (const e of [...out.querySelectorAll(".new [id]"), ...out.querySelectorAll("[id]")]) {
			if (ids.has(e) || !ids.has(e.id)) ids.add(e).add(e.id);
			else e.removeAttribute("id");
		}
		return out;
	}

	// number notes the numbers that the items of a list have in each text.
	function number(list) {
		const next = {old: list.start, new: list.start};
		for (const item of list.children) {
			const {in: only} = item.dataset;
			if (item.hasAttribute("value")) next[only ?? "new"] = item.value;
			for (const side in next) if (only == null || only == side) item.dataset[side] = next[side]++;
		}
	}

	// split returns the blocks in e, each in copies of what it stands in: an item in
	// its list, a paragraph in its item.
	function split(e) {
		if (e.localName == "details") return [...e.children].slice(1).flatMap(split);
		if (e.matches(".head, .table") || ![...e.children].some(c => c.matches(blocks))) return [e];
		return parts(e).flatMap(part => part.localName ? split(part) : [part]).map((row, i) => {
			const around = e.cloneNode(false);
			if (i > 0) around.removeAttribute("id");
			if (i > 0 && e.localName == "li") around.classList.add("on");
			around.append(row);
			return around;
		});
	}

	// parts returns the blocks directly in e, and what stands between them.
	function parts(e) {
		const out = [];
		let between;
		for (const n of [...e.childNodes]) {
			if (n.matches?.(blocks)) {
				out.push(n);
				between = null;
			} else if (between || n.textContent.trim() || n.localName) {
				if (!between) out.push(between = new DocumentFragment());
				between.append(n);
			}
		}
		return out;
	}

	// pair returns a block as each text has it, those of a section that one of them has alone.
	function pair(block, only) {
		if (block.matches(".same") || block.matches(".remark") && !only) return make("pair whole", block);
		const changed = block.matches("[data-in]") || block.querySelector(marks + ", [data-in]");
		const one = (side, copy) => make(side, ...only && only != side ? [] : block.matches(".remark") ? [copy] : of(side, copy));
		return make(changed || only ? "pair" : "pair same", one("old", block.cloneNode(true)), one("new", block));
	}

	// of returns block as one text has it, in a list that is empty where it has none of it.
	function of(side, block) {
		const [other, gone] = side == "old" ?
			["new", "ins, [data-rl=ins], [data-rl=move-to], .anchor, .note:not([href$=_to])"] :
			["old", "del, [data-rl=del], [data-rl=move-from], .note[href$=_to]"];
		const all = make("", block);
		for (const e of all.querySelectorAll(`[data-in=${other}], ${gone}`)) {
			const link = e.parentNode.localName == "a" && e.parentNode;
			e.remove();
			if (link && !link.hasChildNodes()) link.remove();
		}
		for (const e of all.querySelectorAll(`[data-${side}]`)) if (e.localName == "li") e.value = e.dataset[side];
		if (side == "old") restore(all);
		return all.textContent.trim() || all.querySelector("img, hr, input, li") ? [...all.childNodes] : [];
	}

	// restore gives what was kept the signs and links that it had.
	function restore(block) {
		for (const e of block.querySelectorAll(".sign")) e.textContent = e.dataset.old;
		for (const e of block.querySelectorAll(".fmt[data-href]")) {
			const link = e.closest("a");
			if (link) {
				const rest = link.cloneNode(false);
				while (e.nextSibling) rest.append(e.nextSibling);
				link.after(e, rest);
				for (const a of [link, rest]) if (!a.hasChildNodes()) a.remove();
			}
			if (e.dataset.href) {
				const was = document.createElement("a");
				was.href = e.dataset.href;
				e.before(was);
				was.append(e);
			}
		}
	}

	// The changes

	// changesIn returns the changes in a text, each as its elements: marks with no kept
	// words between are one change, and so is a row of a table, and a text that moved.
	function changesIn(text) {
		const changes = [], moves = {};
		let open;
		const add = (e, change = open) => {
			if (!change) changes.push(change = []);
			change.push(e);
			return change;
		};
		const walk = (e, row) => {
			for (const n of e.childNodes) {
				if (n.data?.trim() && !row) open = null;
				if (!n.matches || n.matches(".anchor, .same, summary, details:not([open]) > *") || !n.checkVisibility()) continue;
				if (n.matches("section, tr")) open = null;
				const {rl, move} = n.dataset;
				if (move) open = moves[rl + move] = add(n, moves[rl + move] ?? open);
				else if (n.matches(marks)) open = add(n);
				if (move || !n.matches(marks)) walk(n, row || n.localName == "tr");
				if (n.localName == "tr") open = null;
			}
		};
		const columns = text.querySelectorAll(".pair:not(.same, .whole, .labels)");
		if (!columns.length) walk(text);
		for (const e of columns) {
			const [was, is] = [...e.children].map(side => side.textContent.trim() != "");
			const kind = e.parentNode.id + was + is;
			open = add(e, was && is ? null : open?.kind == kind ? open : null);
			open.kind = kind;
		}
		return changes;
	}

	// The page

	function start() {
		const page = document.querySelector(".redline:not([data-view])");
		const text = page?.querySelector(".text"), tools = page?.querySelector(".tools");
		if (!tools) return;
		const links = [...tools.querySelectorAll(".views a")];
		const steps = tools.querySelector(".steps"), said = steps.querySelector("output");
		const [back, on] = steps.querySelectorAll("button");
		let columns, changes = [], at = -1;

		// show shows a view. The reader keeps the place: by the last anchor above.
		function show(view) {
			const top = e => e.getBoundingClientRect().top;
			const anchor = [...page.querySelectorAll(".text [id]")].filter(e => e.checkVisibility() && top(e) < 100).at(-1);
			const was = anchor && top(anchor);
			page.dataset.view = view;
			if (view == "side") columns ??= sideBySide(text, [...page.querySelectorAll(".sides > div")]);
			page.querySelector(".text").replaceWith(view == "side" ? columns : text);
			links.forEach((a, i) => views[i] == view ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current"));
			count();
			const same = anchor && document.getElementById(anchor.id);
			if (same?.checkVisibility()) scrollBy({top: top(same) - was, behavior: "instant"});
		}

		// count finds the changes anew.
		function count() {
			mark(-1);
			changes = changesIn(page.querySelector(".text"));
			steps.hidden = changes.length == 0;
			tell();
			draw();
		}

		function mark(i) {
			changes[at]?.forEach(e => e.classList.remove("at"));
			changes[at = i]?.forEach(e => e.classList.add("at"));
		}

		function tell() {
			said.textContent = (at < 0 ? said.dataset.all : said.dataset.at).replace("{at}", at + 1).replace("{all}", changes.length);
		}

		// go leads to a change.
		function go(i) {
			mark((i + changes.length) % changes.length);
			tell();
			const e = changes[at].find(e => e.matches("a")) ?? changes[at][0];
			if (!e.matches("a[href]")) e.tabIndex = -1;
			e.focus({preventScroll: true});
			e.scrollIntoView({block: "start"});
		}

		// step leads to the change after or before the one at hand or, where the reader
		// went elsewhere, the place at hand.
		function step(by) {
			const edge = tools.getBoundingClientRect().bottom;
			const tops = changes.map(c => c[0].getBoundingClientRect().top);
			if (tops[at] > edge - 9 && tops[at] < innerHeight) return go(at + by);
			const below = tops.findIndex(y => y > edge);
			go(by > 0 ? Math.max(below, 0) : (below < 0 ? changes.length : below) - 1);
		}

		links.forEach((a, i) => {
			a.hidden = false;
			a.href = `#${views[i]}_text`;
			a.addEventListener("click", e => {
				e.preventDefault();
				history.replaceState(null, "", a.hash);
				show(views[i]);
			});
		});
		back.addEventListener("click", () => step(-1));
		on.addEventListener("click", () => step(1));
		// A key alone does something only at a change or at the buttons (WCAG 2.1.4).
		page.addEventListener("keydown", e => {
			if (e.ctrlKey || e.metaKey || e.altKey || !e.target.closest(".at, .steps")) return;
			const key = /^[a-z]$/i.test(e.key) ? e.key.toLowerCase() : e.code.slice(3).toLowerCase();
			if (key == "n") step(1);
			if (key == "p") step(-1);
		});
		page.addEventListener("toggle", count, true);

		// The map shows what is at hand by the buttons as well, to those who see and point.
		const map = document.createElementNS("http://www.w3.org/2000/svg", "svg");
		map.setAttribute("class", "map");
		map.setAttribute("aria-hidden", "true");
		map.addEventListener("click", e => {
			const y = e.clientY / innerHeight * document.documentElement.scrollHeight - scrollY;
			const away = changes.map(c => Math.abs(c[0].getBoundingClientRect().top - y));
			go(away.indexOf(Math.min(...away)));
		});
		function draw() {
			const whole = document.documentElement.scrollHeight;
			const bars = changes.map(change => {
				const boxes = change.map(e => e.getBoundingClientRect());
				const from = Math.min(...boxes.map(b => b.top)) + scrollY, to = Math.max(...boxes.map(b => b.bottom)) + scrollY;
				const bar = document.createElementNS(map.namespaceURI, "rect");
				const has = selector => change.some(e => e.matches(selector) || e.querySelector(selector));
				const kind = ["ins", "del", "[data-rl^=move], .remark a, .moved *, .away *"].map((s, i) => has(s) ? ["ins", "del", "move"][i] : "").join("");
				bar.setAttribute("class", kind || "other");
				bar.setAttribute("y", 100 * from / whole + "%");
				bar.setAttribute("height", 100 * (to - from) / whole + "%");
				return bar;
			});
			map.replaceChildren(...bars);
		}
		page.append(map);
		new ResizeObserver(draw).observe(page);
		show(viewOf(location.hash) ?? "marked");
		if (viewOf(location.hash) == "side") tools.scrollIntoView();
	}

	start();
	addEventListener("hashchange", () => {
		if (viewOf(location.hash)) document.querySelector(`.views a[href="${location.hash}"]`)?.click();
	});
	// A browser that compares two versions makes the page in its place.
	document.addEventListener("redline", start);
	// A preview renews the page in its place.
	new MutationObserver(start).observe(document.body, {childList: true});
}
