"""Inputs for the fuzzers.

fuzz/seeds.py first PROGRAM FOLDER  writes those that each target begins with: the topologies, snippets and settings of the
                                    repository, and what PROGRAM builds from its examples
fuzz/seeds.py few RECORD FOLDER N   keeps N of many, by the edges that each meets: RECORD is the control file of a merge of
                                    libFuzzer. What libFuzzer named in FOLDER is replaced; other names are inputs that once failed
"""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The dialects in the order of the target `devices`, by the ends of the names of their files.
DIALECTS = ["nft", "rules.v4", "asa", "ios", "srx", "panos", "fortios"]
NUMBERS = ["+14255550100", "4255550100", "50100", "9011442071234567", "tel:+1 (425) 555-0100;ext=12", "911", "*55", "sip:anna@contoso.com"]
# All seeds of a target together.
MOST_BYTES = 48_000
OF_LIBFUZZER = re.compile("[0-9a-f]{40}")


def save(folder, content):
    """Under the name that libFuzzer would give it."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath(hashlib.sha1(content).hexdigest()).write_bytes(content)


def snippets(language):
    """The blocks of the documentation in a language."""
    for page in sorted(ROOT.glob("docs/**/*.md")):
        for block in re.findall(rf"^```{language}\b.*?\n(.*?)^```", page.read_text(), re.M | re.S):
            yield block.encode()


def files(*patterns):
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                yield path.read_bytes()


def built(program, folder):
    """What is built from two examples, in every dialect."""
    for example in ["contoso", "fabrikam"]:
        where = ["-o", folder / example, "--dialect", "all", "-q"]
        subprocess.run([program, "build", ROOT / "examples" / example, *where], check=True)
    return sorted(path for path in folder.glob("**/*") if path.is_file())


def certificates(requests, folder):
    """Requests of a build, as PEM and DER, and certificates of them."""
    for number, request in enumerate(requests[:6]):
        base = ["openssl", "req", "-new", "-config", request, "-newkey", "rsa:1024", "-nodes", "-keyout", folder / "key"]
        for form in ["PEM", "DER"]:
            for more in [[], ["-x509", "-days", "30"]]:
                made = folder / f"{number}{form}{len(more)}"
                if subprocess.run([*base, *more, "-outform", form, "-out", made], capture_output=True).returncode == 0:
                    yield made.read_bytes()


def first(program, out):
    out = Path(out)
    topologies = [*files("examples/**/*.ocstopo", "tests/**/*.ocstopo", "editors/**/*.ocstopo"), *snippets("ocstopo")]
    for text in topologies:
        for target, content in [("text", text), ("topology", text), ("fix", b"#" + text)]:
            save(out / target, content)
    for text in [*files("**/ocstopo.toml"), *snippets("toml")]:
        save(out / "config", text)
    for number in NUMBERS:
        for mode in range(16):
            save(out / "number", bytes([mode]) + number.encode())
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        made = built(program, scratch / "out")
        for path in made:
            if path.suffix == ".zone":
                save(out / "zone", path.read_bytes())
            for dialect, end in enumerate(DIALECTS):
                if "firewall" in path.parts and path.name.endswith(end):
                    lines = [line for line in path.read_bytes().split(b"\n") if line[:1] not in (b"#", b"!")]
                    for at in range(0, len(lines), 20):
                        before, after = lines[at : at + 20], lines[at + 5 : at + 25]
                        save(out / "devices", bytes([dialect]) + b"\n".join(before) + b"\0" + b"\n".join(after))
        for content in certificates([path for path in made if path.suffix in (".cnf", ".conf") and "pki" in path.parts], scratch):
            save(out / "certificate", content)


def few(record, folder, most):
    lines = Path(record).read_text(errors="surrogateescape").split("\n")
    paths = [Path(line) for line in lines[2 : 2 + int(lines[0])]]
    edges = {}
    for line in lines:
        if line.startswith("COV "):
            number, *own = line.split()[1:]
            edges[paths[int(number)]] = set(own)
    contents = {path: path.read_bytes() for path in edges}
    kept, met, left = [], set(), MOST_BYTES
    while len(kept) < int(most):
        fitting = [path for path in edges if len(contents[path]) <= left]
        best = max(fitting, key=lambda path: (len(edges[path] - met), -len(contents[path]), path.name), default=None)
        if best is None or not edges[best] - met:
            break
        kept.append(best)
        met |= edges[best]
        left -= len(contents[best])
    folder = Path(folder)
    for path in folder.iterdir():
        if OF_LIBFUZZER.fullmatch(path.name):
            path.unlink()
    for path in kept:
        save(folder, contents[path])
    every = set().union(*edges.values())
    print(f"{len(kept)} seeds with {len(met)} of {len(every)} edges in {MOST_BYTES - left} bytes")


{"first": first, "few": few}[sys.argv[1]](*sys.argv[2:])
