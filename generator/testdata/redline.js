// What redlineviews_test.go asks a page, beside browser.js.
Object.assign(probe, {
	// words is the text that is seen in elements, without white space and without
	// what the page says itself.
	words(...elements) {
		const own = [...document.querySelectorAll(".note, .remark, .since")];
		own.forEach(e => e.hidden = true);
		const text = elements.map(e => e.innerText).join("").replace(/\s+/g, "");
		own.forEach(e => e.hidden = false);
		return text;
	},

	// sections returns the words of the sections that are seen, by their titles.
	sections() {
		const out = [];
		for (const e of document.querySelectorAll(".text > section, .text > .opening")) {
			if (e.checkVisibility()) out.push(this.words(e));
		}
		return out;
	},

	// column returns the same of one column of two.
	column(side) {
		return [...document.querySelectorAll(".pairs > section")].map(e => this.words(...e.querySelectorAll(`.pair > .${side}`))).filter(Boolean);
	},

	// changes says where the reader is: what the buttons' label says, and whether
	// what has the focus is the change at hand and can be seen below the buttons.
	change() {
		const at = document.activeElement, box = at.getBoundingClientRect();
		const below = document.querySelector(".tools").getBoundingClientRect().bottom;
		return {
			said: document.querySelector(".steps output").textContent,
			marked: at.matches(".at"),
			seen: box.top >= below && box.top < innerHeight,
			words: at.textContent,
		};
	},
});
