#!/bin/sh
# Cài Đối Chiếu không cần mạng, vào thư mục (mặc định ~/doichieu): sh cai-dat.sh [THƯ_MỤC]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-"$HOME/doichieu"}
python=$(command -v python@PYTHON@ || command -v python3 || true)
if [ -z "$python" ] || ! "$python" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "@PYTHON@")'; then
  echo "Cần Python @PYTHON@: apt-get install python@PYTHON@ python@PYTHON@-venv" >&2
  exit 2
fi
"$python" -m venv "$target" || { echo "Cần gói venv: apt-get install python@PYTHON@-venv" >&2; exit 2; }
"$target/bin/python" -m pip install -q --disable-pip-version-check --no-index --find-links "$here/wheels" 'doichieu[all]'
echo "Đã cài vào $target. Mở: $target/bin/doichieu open; máy này đọc được gì: $target/bin/doichieu doctor"
