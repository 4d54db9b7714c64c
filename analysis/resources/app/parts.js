// The parts of the page, and the worker that runs Python.
const PYTHON = ["python.wasm", "python.mjs", "loader.mjs", "library.zip", "lock.json", "ours.zip"];

function partOf(name) {
  const element = document.querySelector(`[data-part="${name}"]`);
  const { href } = element.dataset;
  return href ? { url: new URL(href, document.baseURI).href } : { text: element.textContent };
}

const scripts = new Map();

// A script that is inside the page and run only when it is needed.
function runPart(name) {
  if (!scripts.has(name)) {
    scripts.set(name, unpack(partOf(name)).then((blob) => new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = URL.createObjectURL(new Blob([blob], { type: "text/javascript" }));
      script.addEventListener("load", done);
      script.addEventListener("error", () => failed(new Error(`${name} does not run in this browser.`)));
      document.head.append(script);
    })));
  }
  return scripts.get(name);
}

// Python: `ask` promises the answer of analysis.app.Session, or fails with its sentence.
const python = {
  waiting: new Map(),
  worker: null,
  number: 0,
  doing: () => {},

  async start(doing) {
    this.doing = doing;
    const code = await unpack(partOf("worker.js"));
    const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    this.worker = new Worker(address);
    this.worker.addEventListener("message", ({ data }) => this.hear(data));
    this.worker.addEventListener("error", (event) => this.hear({ failed: event.message || "the worker was stopped" }));
    this.worker.postMessage({ parts: Object.fromEntries(PYTHON.map((name) => [name, partOf(name)])) });
  },

  hear({ id, answer, doing, failed }) {
    if (doing !== undefined) this.doing(doing);
    if (failed) this.doing("", `Python does not start in this browser (${failed}). Try a current Firefox, Chrome or Safari.`);
    if (!id) return;
    const { done, failed: fail } = this.waiting.get(id);
    this.waiting.delete(id);
    const { result, error } = JSON.parse(answer);
    if (error) fail(new Error(error));
    else done(result);
  },

  ask(call, given = {}, files = []) {
    this.number += 1;
    const id = this.number;
    return new Promise((done, failed) => {
      this.waiting.set(id, { done, failed });
      this.worker.postMessage({ id, asked: JSON.stringify({ call, ...given }), files });
    });
  },
};
