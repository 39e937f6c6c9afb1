#!/bin/sh
# bench.sh BENCH WORK TOOL: compares the redline of TOOL with its peers, by the
# bench in the folder BENCH (see its README for what is measured), in the folder
# WORK, which is made. SEED=2 takes other known edits; give it a WORK of its own.
#
# The texts are brought into canonical form first (no byte order mark, line
# feeds, Unicode's form C), which all tools then get: the redline is one of that
# form. Footnotes and definitions, which the bench's reader does not know, are
# escaped, so that everybody reads the same words.
set -e
bench=$(cd "$1" && pwd) tool=$(cd "$(dirname "$3")" && pwd)/$(basename "$3")
mkdir -p "$2/bin" && cd "$2" && work=$(pwd)
if [ ! -d corpus ]; then
  (cd "$bench/bench" && go build -o "$work/bin/" ./cmd/...)
  ./bin/pairs "$bench/../corpora" corpus 80 >corpus.txt
  find corpus -name '*.md' -exec perl -CSD -MUnicode::Normalize -0777 -pi -e \
    's/^\x{feff}//; s/\r\n?/\n/g; $_ = NFC($_); s/(?<!\\)\[\^/\\[^/g; s/^(\s*):(?=\s)/$1\\:/mg' {} +
  ./bin/project corpus/*/*.md
  ./bin/synth synth "${SEED:-1}" $(ls corpus/*/new.md)
  ./bin/project synth/*/*.md
fi
exec "$bench/bench.sh" "$work" "ours=$tool"
