// A day leads to the version that was in force on it: one that is typed, or that the
// address names (?date=2025-03-01). Of days to come and of those before the first
// version it shows what the page says of them. The periods are the page's list.
{
	const form = document.querySelector("form.day");
	const periods = [...document.querySelectorAll(".periods [data-from]")].sort((a, b) => a.dataset.from < b.dataset.from ? -1 : 1);
	const answers = [...document.querySelectorAll("[data-answer]")];
	// The day that it is where the document applies, as 2025-03-01.
	const today = new Intl.DateTimeFormat("sv-SE", { timeZone: form.dataset.zone }).format(new Date());

	const lead = (day, go) => {
		const period = periods.filter(p => p.dataset.from <= day).pop();
		const known = !period ? "none" : day > today ? period.dataset.from : "";
		const answer = answers.find(a => a.dataset.answer === known);
		for (const a of answers) {
			a.hidden = a !== answer;
		}
		if (!answer) {
			go(period.href);
		}
	};

	form.hidden = false;
	form.addEventListener("submit", event => {
		event.preventDefault();
		lead(form.elements.date.value, href => location.assign(href));
	});
	const asked = new URLSearchParams(location.search).get("date") ?? "";
	form.elements.date.value = /^\d{4}-\d\d$/.test(asked) ? asked + "-01" : asked;
	if (form.elements.date.value) {
		lead(form.elements.date.value, href => location.replace(href));
	}
}
