# Ends the host's children when the host can no longer do it. The host writes "add GROUP SIGNAL" and "del GROUP" to
# our input; its end, however it comes, closes that pipe. Signals meant for the terminal's group do not concern us.
trap '' INT TERM HUP QUIT
groups=""
while read -r op group signal; do
  kept=""
  for entry in $groups; do
    [ "${entry%%:*}" = "$group" ] || kept="$kept $entry"
  done
  groups="$kept"
  [ "$op" = add ] && groups="$group:$signal $groups"
done
# A child that has only just started is not yet the leader of a group; then the signal is for it alone.
signal_to() {
  kill -s "$1" -- "-$2" 2>/dev/null || kill -s "$1" "$2" 2>/dev/null
}
for entry in $groups; do
  signal_to "${entry#*:}" "${entry%%:*}"
done
tries=0
while [ $tries -lt 30 ]; do
  alive=""
  for entry in $groups; do
    signal_to 0 "${entry%%:*}" && alive=yes
  done
  [ -n "$alive" ] || exit 0
  sleep 0.1
  tries=$((tries + 1))
done
for entry in $groups; do
  signal_to KILL "${entry%%:*}"
done
