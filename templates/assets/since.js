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
