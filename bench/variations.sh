#!/bin/sh
# Variations end to end, everything on this machine: an emulator that answers at once, one API, one worker, on the servers of
# ConnectionStrings__ivgdb and ConnectionStrings__redis. With POSTGRES_PID and REDIS_PID their processor time is told too.
# usage: bench/variations.sh [JOBS] [AT_ONCE]
set -eu
cd "$(dirname "$0")/.."
jobs=${1:-200}
at_once=${2:-8}
bin=artifacts/bin
export PLATFORM_API_KEYS=bench APP_SECRET_KEY=a-secret-of-the-bench-that-is-long-enough MAX_QUEUED_PER_USER=1000
export IMAGE_PROVIDER=nano_banana GEMINI_API_KEY=bench GEMINI_BASE_URL=http://127.0.0.1:5693 STYLES_DIR="$PWD/styles"

for project in Ivg.Migrator Ivg.GeminiEmulator Ivg.Api Ivg.GenerateWorker bench/Ivg.Bench; do
  dotnet build "$project" -c Release -v q -clp:NoSummary
done
dotnet "$bin/Ivg.Migrator/release/Ivg.Migrator.dll" >/dev/null

pids=
trap 'kill $pids 2>/dev/null || true' EXIT INT TERM
start() { # project port
  (cd "$bin/$1/release" && exec dotnet "$1.dll" --urls "http://127.0.0.1:$2" >/dev/null 2>&1) &
  pids="$pids $!"
}
EMULATOR_CACHED_ANSWERS=true start Ivg.GeminiEmulator 5693
emulator=$!
start Ivg.Api 5692
api=$!
start Ivg.GenerateWorker 5694
worker=$!
for url in http://127.0.0.1:5693/_emulator/health http://127.0.0.1:5692/api/ready http://127.0.0.1:5694/health; do
  curl -sf --retry 60 --retry-delay 1 --retry-all-errors "$url" >/dev/null
done

dotnet "$bin/Ivg.Bench/release/Ivg.Bench.dll" provider 200 http://127.0.0.1:5693
dotnet "$bin/Ivg.Bench/release/Ivg.Bench.dll" variations "$jobs" "$at_once" http://127.0.0.1:5692 \
  "api=$api" "worker=$worker" "emulator=$emulator" ${POSTGRES_PID:+"postgres=$POSTGRES_PID+"} ${REDIS_PID:+"redis=$REDIS_PID"}
