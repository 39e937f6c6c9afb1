// A mail says what changed since a version by the address of the document and ?since=1.0.0
// or #since=1.0.0. The page that compares knows which versions there are.
{
	const go = () => {
		const asked = new URLSearchParams(location.search).get("since") ?? new URLSearchParams(location.hash.slice(1)).get("since");
		if (asked !== null && /^[0-9]{1,6}(\.[0-9]{1,6}){2}$/.test(asked)) location.replace(`compare/index.html?since=${asked}`);
	};
	addEventListener("hashchange", go);
	go();
}

// What changed since the last visit. The browser keeps, if the reader asks for it, which
// version of a document was in force on the day of a visit, and on the one before:
//
//	codicil:/terms/ → {"version":"1.1.0","day":"2026-03-03","before":{"version":"1.0.0","day":"2025-07-14"}}
//
// Nothing is sent, and nothing is kept before it was asked for.
{
	const part = document.querySelector(".visit");
	if (part) visits(part);
}

function visits(part) {
	const { version, ...words } = part.dataset;
	const key = `codicil:${new URL(".", location.href).pathname}`;
	const isVisit = (visit) => /^[0-9]{1,6}(\.[0-9]{1,6}){2}$/.test(visit?.version) && /^\d{4}-\d\d-\d\d$/.test(visit?.day);
	const pad = (number) => String(number).padStart(2, "0");
	const now = new Date();
	const day = [now.getFullYear(), pad(now.getMonth() + 1), pad(now.getDate())].join("-");

	// A browser can refuse to keep anything, and what it kept can be anything.
	const kept = () => {
		try {
			const visit = JSON.parse(localStorage.getItem(key));
			return isVisit(visit) ? visit : undefined;
		} catch {
			return undefined;
		}
	};
	const keep = (visit) => {
		try {
			localStorage.setItem(key, JSON.stringify(visit));
			return true;
		} catch {
			return false;
		}
	};

	const button = (text, act) => {
		const made = document.createElement("button");
		made.textContent = text;
		made.addEventListener("click", act);
		return made;
	};
	const offer = () => {
		part.replaceChildren(button(words.offer, () => {
			if (keep({ version, day })) remembered();
			else part.hidden = true;
			part.querySelector("button")?.focus();
		}));
	};
	const remembered = () => {
		part.replaceChildren(words.kept, " ", button(words.forget, () => {
			try {
				localStorage.removeItem(key);
			} catch {}
			document.querySelector(".changed-since")?.remove();
			offer();
			part.querySelector("button").focus();
		}));
	};
	const tell = ({ version: number, day: then }) => {
		const line = document.createElement("p");
		line.className = "changed-since";
		const link = document.createElement("a");
		link.href = `since/${number}/index.html`;
		const date = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(then));
		link.textContent = words.since.replace("{date}", date);
		line.append(link);
		document.querySelector("article > header").append(line);
	};

	let visit = kept();
	if (visit) {
		if (visit.day !== day) {
			const { version: number, day: then } = visit;
			visit = { version, day, before: { version: number, day: then } };
			keep(visit);
		}
		if (isVisit(visit.before) && visit.before.version !== version) tell(visit.before);
		remembered();
	} else {
		offer();
	}
	part.hidden = false;
}
