# Keeps one child process on a leash: the child runs while the owner holds the pipe that is this script's
# standard input, and ends, by force if need be, once the owner lets go of it, in whatever way the owner died.
#
# usage: sh -c <this> leash <log> <signal> <grace seconds> <pid file> <dependents> <command> [args...]
#
#  - Prints the child's pid as its only line; exits as the child exited (128 + n: killed by signal n).
#  - A line on standard input asks the child to end now. The bare end of the pipe means that the owner is gone: then
#    the child first waits for its dependents to end, for nobody else is left to keep the order. Dependents are names
#    of pid files, without .pid, in the folder of the child's own.
#  - The child gets a session of its own, so that Ctrl-C in a terminal reaches the owner alone.
log=$1 signal=$2 grace=$3 pidfile=$4 dependents=$5
shift 5

if command -v setsid >/dev/null 2>&1; then
  own_session=setsid
else
  own_session="perl -e use(POSIX);POSIX::setsid();exec(@ARGV)or(die)"
fi

alive() { kill -0 "$1" 2>/dev/null; }

any_dependent_alive() {
  for name in $dependents; do
    file=${pidfile%/*}/$name.pid
    [ -s "$file" ] && alive "$(cat "$file")" && return 0
  done
  return 1
}

# waits <tenths of a second> at most while <command...> holds
wait_while() {
  left=$1
  shift
  while [ "$left" -gt 0 ] && "$@"; do
    sleep 0.1
    left=$((left - 1))
  done
}

trap : INT HUP TERM
exec 3<&0 4>&1 >/dev/null </dev/null

$own_session "$@" >>"$log" 2>&1 3<&- 4>&- &
child=$!
echo "$child" >"$pidfile"
echo "$child" >&4
exec 4>&-

{
  trap '' INT HUP TERM
  if ! read -r _ <&3; then
    wait_while 600 any_dependent_alive
  fi
  kill -"$signal" "$child" 2>/dev/null
  wait_while $((grace * 10)) alive "$child"
  kill -KILL "$child" 2>/dev/null
} &
keeper=$!
exec 3<&-

# a signal to this shell interrupts the wait, not the child
wait "$child"
status=$?
while alive "$child"; do
  wait "$child"
  status=$?
done
kill -KILL "$keeper" 2>/dev/null
kill -s KILL -- "-$child" 2>/dev/null # what the child has started and left behind
rm -f "$pidfile"
exit "$status"
