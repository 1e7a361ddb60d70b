# The processes that a command starts, each in a session of its own so that a Ctrl-C reaches only the command, which
# then stops them in order. Sourced after common.sh. Their output goes to LOG_DIR/<name>.log, the last run's to .log.1.

declare -A CHILD=()

# spawn NAME COMMAND...
# Descriptor 8 (the lock "a command runs here") is not passed on, descriptor 9 ("its children run here") is.
spawn() {
    local name=$1 log=$LOG_DIR/$1.log
    shift
    [[ ! -f $log ]] || mv -f -- "$log" "$log.1"
    setsid "${DIES_WITH_US[@]}" "$@" >"$log" 2>&1 </dev/null 8>&- &
    CHILD[$name]=$!
}

# End the command when a child has ended by itself.
check_children() {
    local name status
    for name in "${!CHILD[@]}"; do
        if ! kill -0 "${CHILD[$name]}" 2>/dev/null; then
            status=0
            wait "${CHILD[$name]}" || status=$?
            # What it started itself may still run.
            kill -KILL -- "-${CHILD[$name]}" 2>/dev/null || true
            tail -n 15 -- "$LOG_DIR/$name.log" >&2
            unset "CHILD[$name]"
            fail "The $name process ended by itself (status $status); the others are stopped. Its log: $LOG_DIR/$name.log"
        fi
    done
}

# stop NAME...: ask, wait up to ten seconds, then insist, including what they started themselves.
stop() {
    local name waited=0
    for name in "$@"; do
        [[ -z ${CHILD[$name]:-} ]] || kill -TERM "${CHILD[$name]}" 2>/dev/null || true
    done
    for name in "$@"; do
        [[ -n ${CHILD[$name]:-} ]] || continue
        while kill -0 "${CHILD[$name]}" 2>/dev/null && ((waited < 100)); do
            sleep 0.1
            waited=$((waited + 1))
        done
        kill -KILL -- "-${CHILD[$name]}" 2>/dev/null || true
        wait "${CHILD[$name]}" 2>/dev/null || true
        unset "CHILD[$name]"
    done
}
