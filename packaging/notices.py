"""Writes the licences of the crates that a program contains, which their authors ask to be handed on with it.

    cargo metadata --format-version 1 | python3 packaging/notices.py COMPILED > THIRD-PARTY-LICENSES

COMPILED has lines of `cargo tree`, one for each crate. Crates with the same text stand above it together.
"""

import json
import pathlib
import re
import sys

NAMES = re.compile(r"(licen[cs]e|copying|copyright|notice|unlicense)([-_.].*)?$", re.IGNORECASE)

with open(sys.argv[1], encoding="utf-8") as lines:
    compiled = {tuple(line.split()[:2]) for line in lines if line.strip()}

texts, without = {}, []
for package in json.load(sys.stdin)["packages"]:
    # A crate without a source is one of this repository.
    if (package["name"], f"v{package['version']}") not in compiled or not package["source"]:
        continue
    crate = f"{package['name']} {package['version']} ({package['license'] or 'see its text'})"
    folder = pathlib.Path(package["manifest_path"]).parent
    found = sorted(path for path in folder.rglob("*") if path.is_file() and NAMES.match(path.name) and path.suffix != ".rs")
    for path in found:
        text = "\n".join(line.rstrip() for line in path.read_text(encoding="utf-8", errors="replace").strip().splitlines())
        crates = texts.setdefault(text, [])
        if crate not in crates:
            crates.append(crate)
    if not found:
        without.append(f"{crate}, by {', '.join(package['authors']) or 'its contributors'}: {package['repository']}")

print("The program contains the standard library of Rust (MIT or Apache-2.0, https://www.rust-lang.org) and these crates.")
print("A statically linked one contains musl too (MIT, https://musl.libc.org).")
for text, crates in sorted(texts.items(), key=lambda item: sorted(item[1])):
    print("\n" + "=" * 80, *sorted(crates), "-" * 80, text, sep="\n")
if without:
    print("\n" + "=" * 80, "Crates without a text of their own:", *sorted(without), sep="\n")
