# Shared by the commands in script/: where things are, how they speak, how they run a step.
# Sourced, never run. Sets ROOT and VENV, changes to ROOT.

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
VENV=$ROOT/.venv
cd -- "$ROOT"

export DJANGO_SETTINGS_MODULE=portal.settings
# Chinese texts and file names, whatever the locale of the caller.
export PYTHONUTF8=1

# A child that is started through these words dies with its parent, even when the parent is killed with -9.
DIES_WITH_US=()
if command -v setpriv >/dev/null && setpriv --help 2>/dev/null | grep -q -- --pdeathsig; then
    DIES_WITH_US=(setpriv --pdeathsig TERM)
fi

say() {
    printf '%s\n' "$*"
}

# One sentence on standard error, and the end.
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

STEP_PID=

# step SENTENCE LOG COMMAND...: run the command with its output in LOG; when it fails show the end of LOG and SENTENCE.
# It runs in the background so that a signal to us is answered at once, not when the command has ended.
step() {
    local sentence=$1 log=$2
    shift 2
    "$@" >>"$log" 2>&1 8>&- &
    STEP_PID=$!
    if ! wait "$STEP_PID"; then
        STEP_PID=
        tail -n 15 -- "$log" >&2
        fail "$sentence"
    fi
    STEP_PID=
}

# End the step that a signal interrupted.
stop_step() {
    [[ -z $STEP_PID ]] || kill -TERM "$STEP_PID" 2>/dev/null || true
    STEP_PID=
}
