// A page is made for a day. Where a version has taken effect since, and the site
// was not built again, this says so on top of the page: the script's own element
// holds from when that is so, and the words.
{
	const { from, words } = document.currentScript.dataset;
	const place = document.querySelector("main h1");
	if (place && Date.now() >= Date.parse(from)) {
		const note = document.createElement("p");
		note.className = "status stale";
		note.setAttribute("role", "status");
		note.textContent = words;
		place.after(note);
	}
}
