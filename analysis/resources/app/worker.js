// Python, in a separate thread, so that the page never waits for it.
//   in:  {parts}               once: what Python is made of (see unpack.js)
//        {id, asked, files}    a request for analysis.app.Session, as JSON, and files that it may open: [{name, bytes}]
//   out: {doing}               what is being done, in words
//        {id, answer}          the answer, as JSON
const FOLDER = "/files";
const START = `
import sys
sys.path.insert(0, "/page")
from pathlib import Path
from analysis import annotate
from analysis.app import Session
annotate("“It may rain,” Ann Reed said.")  # reads the rules
Session(Path("${FOLDER}"), Path("/page/examples"))
`;
let python = null;
let session = null;
let started = null;

async function start(parts) {
  postMessage({ doing: "Unpacking Python" });
  const names = Object.keys(parts);
  const blobs = await Promise.all(names.map((name) => unpack(parts[name])));
  const part = Object.fromEntries(names.map((name, at) => [name, blobs[at]]));
  const served = {
    "pyodide.asm.wasm": ["python.wasm", "application/wasm"],
    "python_stdlib.zip": ["library.zip", "application/zip"],
  };
  // Python asks for its files by address; they are here already, and nothing else is ever asked for.
  globalThis.fetch = async (address) => {
    const found = served[String(address.url ?? address).split("/").pop()];
    if (!found) throw new Error(`This page loads nothing: ${address}`);
    return new Response(part[found[0]], { headers: { "Content-Type": found[1] } });
  };
  const script = (name) => URL.createObjectURL(new Blob([part[name]], { type: "text/javascript" }));
  postMessage({ doing: "Starting Python" });
  const { default: createPyodideModule } = await import(script("python.mjs"));
  const { loadPyodide } = await import(script("loader.mjs"));
  python = await loadPyodide({
    createPyodideModule,
    indexURL: "https://parts.invalid/",
    lockFileContents: JSON.parse(await part["lock.json"].text()),
  });
  postMessage({ doing: "Loading the rules" });
  python.FS.mkdir(FOLDER);
  python.unpackArchive(await part["ours.zip"].arrayBuffer(), "zip", { extractDir: "/page" });
  session = python.runPython(START);
}

function answer(asked, files) {
  const paths = files.map(({ name, bytes }) => {
    const path = `${FOLDER}/${name.replaceAll("/", "-")}`;
    python.FS.writeFile(path, bytes);
    return path;
  });
  try {
    return session.answer(asked);
  } finally {
    for (const path of paths) python.FS.unlink(path);
  }
}

// What went wrong, in a sentence: the last line of Python's own report.
function problem(error) {
  const lines = String(error.message || error).trim().split("\n");
  return JSON.stringify({ error: `Something went wrong in this page (${lines.at(-1)}). Your text is still in the box.` });
}

onmessage = async ({ data }) => {
  if (data.parts) started = start(data.parts);
  const { id, asked, files } = data;
  try {
    await started;
    if (id) postMessage({ id, answer: answer(asked, files) });
    else postMessage({ doing: "" });
  } catch (error) {
    postMessage(id ? { id, answer: problem(error) } : { failed: String(error.message || error) });
  }
};
