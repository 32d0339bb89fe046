"""Prints providers of a genai-prices wheel as JSON: a constructor call becomes an object with its name as `type`.

The package is parsed, never imported: nothing of it runs.
Usage: python3 read_release.py WHEEL PROVIDER...
"""

import ast
import json
import sys
import zipfile


def value(node):
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, (ast.List, ast.Tuple)):
        return [value(item) for item in node.elts]
    if isinstance(node, ast.Dict):
        return {value(key): value(item) for key, item in zip(node.keys, node.values)}
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        args = [value(arg) for arg in node.args]
        if name == "Decimal":
            return args[0]
        if name == "date":
            return "%04d-%02d-%02d" % tuple(args)
        return {"type": name, **{keyword.arg: value(keyword.value) for keyword in node.keywords}}
    return ast.unparse(node)


def main(wheel, wanted):
    with zipfile.ZipFile(wheel) as archive:
        tree = ast.parse(archive.read("genai_prices/data.py"))
        names = [name for name in archive.namelist() if name.endswith("/licenses/LICENSE")]
        license_text = archive.read(names[0]).decode() if names else ""
    for statement in tree.body:
        if isinstance(statement, ast.AnnAssign) and statement.target.id == "providers":
            providers = [value(item) for item in statement.value.elts]
    chosen = [provider for provider in providers if provider["id"] in wanted]
    json.dump({"license": license_text, "providers": chosen}, sys.stdout)


main(sys.argv[1], sys.argv[2:])
