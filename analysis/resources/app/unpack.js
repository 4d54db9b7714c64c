// A part of the page (see tools/build_page.py) as a blob: {text} is gzip in base64, {url} the address of a gzip file.
const load = globalThis.fetch.bind(globalThis);

async function unpack(part) {
  const packed = part.url ? (await loaded(part.url)).body : new Blob([bytesOf(part.text)]).stream();
  return new Response(packed.pipeThrough(new DecompressionStream("gzip"))).blob();
}

// The name of a part changes with its content, so what the browser has kept is never out of date.
async function loaded(url) {
  const answer = await load(url, { cache: "force-cache" });
  if (!answer.ok) throw new Error(`${url} cannot be loaded (${answer.status}).`);
  return answer;
}

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes;
}
