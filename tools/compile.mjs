// Compile the Python modules in archives, so that the page need not do it each time it opens: by the page's own Python,
// since what another version compiles is of no use to it. The archives are replaced. Two runs write the same bytes.
//     node tools/compile.mjs FOLDER-OF-PYODIDE ARCHIVE.zip ...
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...archives] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: folder });
for (const archive of archives) {
  python.FS.writeFile("/given.zip", readFileSync(archive));
  python.runPython(`
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import source_hash

with zipfile.ZipFile("/given.zip") as given, zipfile.ZipFile("/compiled.zip", "w") as out:
    for name in given.namelist():
        content = given.read(name)
        if name.endswith(".py"):
            code = compile(content, name, "exec", dont_inherit=True, optimize=2)
            name, content = f"{name}c", _code_to_hash_pyc(code, source_hash(content), False)
        out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
`);
  writeFileSync(archive, python.FS.readFile("/compiled.zip"));
}
