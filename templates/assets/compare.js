// Two lists to pick versions from. Most pairs lead to a page. Two that no page compares
// are compared here, by a worker, where the site has what that takes: nothing of it is
// loaded before. The address says what was picked: ?from=1.0.0&to=1.2.0, or
// ?since=1.0.0 for what changed up to the version in force.
{
	const form = document.querySelector("form.compare");
	const { from, to } = form.elements;
	const { inForce, engine, module, page, look, ...words } = form.dataset;
	const status = form.querySelector("[role=status]");
	const say = (text) => { status.textContent = text; };

	to.append(...[...from.options].map((option) => option.cloneNode(true)));
	const numbers = [...from.options].map((option) => option.value).reverse();
	const option = (number) => from.options[numbers.length - 1 - numbers.indexOf(number)];
	const knows = (number) => numbers.includes(number);
	const since = (number) => `../since/${number}/index.html`;
	const hasSince = (number) => "since" in option(number).dataset;

	// The page that compares two versions, of which the first is older; none: undefined.
	const pageOf = (a, b) => {
		if (numbers.indexOf(b) === numbers.indexOf(a) + 1) return `../changes/${b}/index.html`;
		if ([a, b].every((number) => "early" in option(number).dataset)) return `${a}/${b}/index.html`;
		if (b === inForce && hasSince(a)) return since(a);
	};

	const show = (html) => {
		const result = document.createElement("template");
		result.innerHTML = html;
		document.querySelector("main > article").replaceWith(form, result.content);
		const heading = document.querySelector("main > article h1");
		document.title = [heading.textContent, ...document.title.split(" – ").slice(1)].join(" – ");
		heading.tabIndex = -1;
		heading.focus();
		document.dispatchEvent(new Event("redline"));
		say(words.done);
	};

	const compare = (a, b) => {
		if (!engine) return say(words.far);
		if (location.protocol === "file:") return say(words.disk);
		say(words.wait);
		const address = (path) => new URL(path, location.href).href;
		const fail = () => say(words.failed);
		try {
			const worker = new Worker(engine);
			worker.onerror = fail;
			worker.onmessage = ({ data: { html } }) => {
				worker.terminate();
				if (html) show(html);
				else fail();
			};
			worker.postMessage({ module: address(module), page, old: address(`../${a}/text.json`), new: address(`../${b}/text.json`), look: look && address(look) });
		} catch {
			fail();
		}
	};

	// What was asked for in the address.
	const asked = new URLSearchParams(location.search);
	const get = (name) => asked.getAll(name).find(knows);
	const begin = () => {
		if (["from", "to", "since"].some((name) => asked.has(name) && !get(name))) say(words.unknown);
		const start = get("since") ?? get("from");
		const end = asked.has("since") ? inForce : get("to");
		to.value = end ?? inForce ?? numbers.at(-1);
		from.value = start ?? numbers[Math.max(numbers.indexOf(to.value) - 1, 0)];
		if (asked.has("since") && start) {
			const older = inForce && numbers.indexOf(start) < numbers.indexOf(inForce);
			if (!engine || !older || hasSince(start)) return location.replace(since(start));
		}
		if (start && end) {
			const [a, b] = [start, end].sort((x, y) => numbers.indexOf(x) - numbers.indexOf(y));
			[from.value, to.value] = [a, b];
			if (a === b) return say(words.same);
			const there = pageOf(a, b);
			if (there) location.replace(there);
			else compare(a, b);
		}
	};

	form.addEventListener("submit", (event) => {
		event.preventDefault();
		const [a, b] = [from.value, to.value].sort((x, y) => numbers.indexOf(x) - numbers.indexOf(y));
		if (a === b) return say(words.same);
		location.assign(pageOf(a, b) ?? `index.html?${new URLSearchParams({ from: a, to: b })}`);
	});
	form.hidden = false;
	begin();
}
