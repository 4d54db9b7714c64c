// Files that are opened or dropped. Web pages and Word files are read here, the rest by Python, as the commands read it.
const READERS = { html: fromPage, htm: fromPage, docx: fromWord };
const BY_PYTHON = ["txt", "md", "csv", "jsonl"];
const LARGEST = 30_000_000; // bytes

// What to ask Python for, so that it opens a file: [call, given, files].
async function requestFor(file) {
  const kind = file.name.toLowerCase().split(".").pop();
  if (file.size > LARGEST) throw new Error(`${file.name} is larger than ${LARGEST / 1_000_000} MB. Open one article at a time.`);
  if (BY_PYTHON.includes(kind)) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return ["open_file", { name: file.name }, [{ name: file.name, bytes }]];
  }
  const reader = READERS[kind];
  if (!reader) throw new Error(`${file.name} cannot be opened here: this page reads .txt, .md, .html, .docx and .csv. Copy its text and paste it.`);
  const article = await reader(file);
  if (!article.text.trim()) throw new Error(`${file.name} has no article that this page can find. Copy its text and paste it.`);
  return ["open_text", { ...article, name: file.name }, []];
}

// A saved web page, by Mozilla's Readability. The document that is made of it loads nothing and runs nothing.
async function fromPage(file) {
  await runPart("readability.js");
  const page = new DOMParser().parseFromString(await textOfFile(file), "text/html");
  const found = new Readability(page).parse();
  if (!found) return { text: "" };
  const date = /^\d{4}-\d\d-\d\d/.exec(found.publishedTime || "");
  return {
    text: paragraphsOf(found.content),
    title: found.title || "",
    outlet: found.siteName || "",
    byline: found.byline || "",
    published: date ? date[0] : "",
  };
}

// A Word file, by mammoth: its paragraphs.
async function fromWord(file) {
  await runPart("mammoth.js");
  try {
    const { value } = await mammoth.extractRawText({ arrayBuffer: await file.arrayBuffer() });
    return { text: value.trim() };
  } catch (error) {
    throw new Error(`${file.name} cannot be read as a Word file (.docx). Copy its text and paste it.`);
  }
}

async function textOfFile(file) {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

const BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, blockquote, pre, td, th, dt, dd";
const LEFT_OUT = "script, style, noscript, figure, figcaption, button, form, nav, svg";

// The paragraphs of an article in HTML, one a block, with a blank line between them.
function paragraphsOf(html) {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  for (const element of body.querySelectorAll(LEFT_OUT)) element.remove();
  for (const element of body.querySelectorAll("br")) element.replaceWith("\n");
  const blocks = [...body.querySelectorAll(BLOCKS)].filter((block) => !block.querySelector(BLOCKS));
  const texts = (blocks.length ? blocks : [body]).map((block) => block.textContent.replace(/[^\S\n]+/g, " ").replace(/ ?\n ?/g, " ").trim());
  return texts.filter(Boolean).join("\n\n");
}
