"""Makes the SBOM of one program of what cargo-cyclonedx writes about the workspace.

    python3 packaging/sbom.py WORKSPACE.json USED COMPILED PROGRAM TARGET > SBOM

cargo-cyclonedx lists what any member and test may use, and names the folder of the build; asked for one system, it leaves out what the
build runs on another. What stays of its list for all systems are the crates of USED, lines of `cargo tree`; those that are not in COMPILED
get the scope `excluded`: the build runs them, and nothing of them is in the program.
"""

import hashlib
import json
import sys


def crates(path):
    with open(path, encoding="utf-8") as lines:
        words = (line.split() for line in lines)
        return {(word[0], word[1].removeprefix("v")) for word in words if word}


workspace, used, compiled, program, target = sys.argv[1:]
with open(workspace, encoding="utf-8") as file:
    sbom = json.load(file)
used, compiled = crates(used), crates(compiled)

own = sbom["metadata"]["component"]
key = lambda component: (component["name"], component["version"])
sbom["components"] = [component for component in sbom["components"] if key(component) in used]
for component in sbom["components"]:
    component["scope"] = "required" if key(component) in compiled else "excluded"
missing = used - {key(component) for component in sbom["components"]} - {key(own)}
if missing:
    sys.exit(f"cargo-cyclonedx does not list {sorted(missing)}")

# ocstopo is no package of crates.io, and the same in every folder.
folder, own["bom-ref"] = own["bom-ref"], f"{own['name']}@{own['version']}"
own["purl"] = f"pkg:generic/{own['name']}@{own['version']}"
own.pop("components", None)
sbom["metadata"]["properties"] = [{"name": "cdx:rustc:sbom:target:triple", "value": target}]
with open(program, "rb") as file:
    own["hashes"] = [{"alg": "SHA-256", "content": hashlib.sha256(file.read()).hexdigest()}]

names = {component["bom-ref"]: component["bom-ref"] for component in sbom["components"]} | {folder: own["bom-ref"]}
sbom["dependencies"] = [
    {"ref": names[row["ref"]], "dependsOn": [names[on] for on in row.get("dependsOn", []) if on in names]}
    for row in sbom["dependencies"]
    if row["ref"] in names
]
json.dump(sbom, sys.stdout, indent=2)
print()
