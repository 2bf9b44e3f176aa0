#!/usr/bin/env bash
# Resolve the dependencies anew. The files name no registry's address: any mirror serves them.
set -euo pipefail
uv=$1
options=(--universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 --quiet)
"$uv" pip compile pyproject.toml "${options[@]}" -o requirements.txt
"$uv" pip compile pyproject.toml --group dev "${options[@]}" -o requirements-dev.txt
"$uv" pip compile --group boot "${options[@]}" -o requirements-boot.txt
"$uv" pip compile --group node "${options[@]}" -o requirements-node.txt
"$uv" pip compile portal/local/odoo-requirements.in "${options[@]}" -o requirements-odoo.txt
npm install --package-lock-only --ignore-scripts --silent
