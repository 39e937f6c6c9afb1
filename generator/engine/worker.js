// A worker that compares two versions, beside the page that asks for it: the page goes
// on meanwhile, and its policy lets it compile no code. It is asked once or more with
//
//	{ module, page, old, new, look }
//
// where all but page are addresses, and look can be missing, and answers { html } or { error }.
{
	const read = async (address) => {
		const response = await fetch(address);
		if (!response.ok) throw new Error(`${address}: ${response.status}`);
		return response;
	};
	let started;
	// start runs the module, whatever type the host says it has.
	const start = async (module) => {
		const go = new Go();
		const code = await (await read(module)).arrayBuffer();
		const { instance } = await WebAssembly.instantiate(code, go.importObject);
		go.run(instance);
	};
	self.onmessage = async ({ data: { module, page, old: before, new: after, look } }) => {
		try {
			const texts = Promise.all([before, after, look].map(async (address) => address ? (await read(address)).text() : ""));
			started ??= start(module);
			await started;
			self.postMessage(compareVersions(page, ...(await texts)));
		} catch (error) {
			self.postMessage({ error: String(error) });
		}
	};
}
