// Runs the engine for browsers in Node.js: engine.cjs WASM_EXEC MODULE, with what is to be
// compared in standard input.
const fs = require("node:fs");
const [runtime, code] = process.argv.slice(2);
require(runtime);
(async () => {
	const go = new Go();
	const { instance } = await WebAssembly.instantiate(fs.readFileSync(code), go.importObject);
	go.run(instance);
	const requests = JSON.parse(fs.readFileSync(0, "utf8"));
	const answers = requests.map(({ Page, Old, New, Look }) => compareVersions(Page, Old, New, Look));
	fs.writeFileSync(1, JSON.stringify(answers));
	process.exit();
})();
