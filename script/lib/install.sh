# Installs what is missing: Debian packages, the virtual environment, the pinned Python packages.
# Sourced after common.sh. A run that finds everything in place takes well under a second.

# What the portal itself needs. libharfbuzz-subset0 is not pulled in by Pango, and without it a PDF takes 20 times longer.
SERVER_PACKAGES=(
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-dejavu-core redis-server
)
# What the tests need on top.
TEST_PACKAGES=(postgresql chromium)

# Print the folder with initdb and postgres, the newest first.
postgres_bin() {
    local folder
    while IFS= read -r folder; do
        [[ -x $folder/initdb && -x $folder/postgres ]] && printf '%s\n' "$folder" && return 0
    done < <(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV; command -v pg_config >/dev/null && pg_config --bindir)
    return 1
}

# Is the package there? Programs count wherever they come from; libraries and fonts are looked up in dpkg, or where
# there is no dpkg in the linker cache and the font list.
has_package() {
    case $1 in
        redis-server | chromium) command -v "$1" >/dev/null && return ;;
        postgresql) postgres_bin >/dev/null && return ;;
    esac
    if command -v dpkg-query >/dev/null; then
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed* ]]
        return
    fi
    case $1 in
        libpango-1.0-0) in_linker_cache libpango-1.0.so.0 ;;
        libpangoft2-1.0-0) in_linker_cache libpangoft2-1.0.so.0 ;;
        libharfbuzz-subset0) in_linker_cache libharfbuzz-subset.so.0 ;;
        fonts-noto-cjk) [[ -n $(fc-list 'Noto Serif CJK SC' 2>/dev/null) ]] ;;
        fonts-dejavu-core) [[ -n $(fc-list 'DejaVu Sans' 2>/dev/null) ]] ;;
        *) return 1 ;;
    esac
}

in_linker_cache() {
    PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | grep -qF "$1"
}

# Print "3.12" when the command is a Python 3.11 to 3.13, nothing otherwise.
python_version() {
    "$1" -c 'import sys; v = sys.version_info[:2]; print("%d.%d" % v if (3, 11) <= v <= (3, 13) else "")' 2>/dev/null ||
        true
}

can_make_venv() {
    "$1" -c 'import venv, ensurepip' 2>/dev/null
}

# Sets BASE_PYTHON to the interpreter for a new environment, or adds to MISSING what would give us one.
choose_python() {
    local candidate version
    BASE_PYTHON=
    if [[ -n ${PYTHON:-} ]]; then
        [[ -n $(python_version "$PYTHON") ]] || fail "PYTHON=$PYTHON is not a Python 3.11, 3.12 or 3.13."
        BASE_PYTHON=$PYTHON
    else
        for candidate in python3.13 python3.12 python3.11 python3; do
            [[ -n $(python_version "$candidate") ]] || continue
            BASE_PYTHON=${BASE_PYTHON:-$candidate}
            if can_make_venv "$candidate"; then
                BASE_PYTHON=$candidate
                break
            fi
        done
    fi
    if [[ -z $BASE_PYTHON ]]; then
        MISSING+=(python3 python3-venv)
    elif ! can_make_venv "$BASE_PYTHON"; then
        version=$(python_version "$BASE_PYTHON")
        MISSING+=("python$version-venv")
    fi
}

# Does .venv work, and is it of the version that PYTHON asks for?
venv_is_good() {
    local version
    version=$(python_version "$VENV/bin/python")
    [[ -n $version ]] && "$VENV/bin/python" -c 'import pip' 2>/dev/null || return 1
    [[ -z ${PYTHON:-} || $(python_version "$PYTHON") == "$version" ]]
}

# Install the packages of MISSING, as root or through sudo.
install_debian_packages() {
    local log=$1 sudo=() command="sudo apt-get update && sudo apt-get install ${MISSING[*]}"
    command -v apt-get >/dev/null ||
        fail "Missing: ${MISSING[*]}. This machine has no apt-get: install the like of these Debian packages, then start again."
    if [[ $(id -u) != 0 ]]; then
        sudo=(sudo)
        if ! command -v sudo >/dev/null || { [[ ! -t 0 ]] && ! sudo -n true 2>/dev/null; }; then
            fail "Missing Debian packages, and no right to install them; run: $command"
        fi
    fi
    say "Installing Debian packages: ${MISSING[*]}"
    # An update that fails half (one mirror away) may still be enough: the installation decides.
    "${sudo[@]}" apt-get -q update >>"$log" 2>&1 || true
    step "Debian packages could not be installed (no network, or no such package here); run: $command" "$log" \
        "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "${MISSING[@]}"
}

# What a requirements file is installed as: its content and the interpreter.
stamp_of() {
    { "$VENV/bin/python" -VV && cat -- "$1"; } | sha256sum
}

# install_python_packages LOG FILE...: install the pinned packages when a file or the interpreter has changed.
install_python_packages() {
    local log=$1 file arguments=() changed=
    shift
    for file in "$@"; do
        arguments+=(-r "$file")
        [[ -f $VENV/.installed-$file && $(<"$VENV/.installed-$file") == "$(stamp_of "$file")" ]] || changed=yes
    done
    [[ -n $changed ]] || return 0
    say "Installing Python packages ($*)"
    step "The Python packages of $* could not be installed: check the network or the package index, then start again." \
        "$log" "$VENV/bin/python" -m pip install -q --no-input --disable-pip-version-check "${arguments[@]}"
    for file in "$@"; do
        stamp_of "$file" >"$VENV/.installed-$file"
    done
}

# install LOG server|test: everything that the command of that name needs.
install() {
    local log=$1 package packages=("${SERVER_PACKAGES[@]}") files=(requirements.txt)
    if [[ $2 == test ]]; then
        packages+=("${TEST_PACKAGES[@]}")
        files+=(requirements-test.txt)
    fi
    # Two commands at once must not build the same environment.
    exec 7<"$ROOT"
    flock 7
    MISSING=()
    for package in "${packages[@]}"; do
        has_package "$package" || MISSING+=("$package")
    done
    venv_is_good || choose_python
    ((${#MISSING[@]} == 0)) || install_debian_packages "$log"
    if ! venv_is_good; then
        MISSING=()
        choose_python
        ((${#MISSING[@]} == 0)) ||
            fail "No Python 3.11, 3.12 or 3.13 with venv was found; run: sudo apt-get install ${MISSING[*]}, or set PYTHON."
        say "Creating .venv with Python $(python_version "$BASE_PYTHON")"
        step "The virtual environment $VENV could not be made with $BASE_PYTHON." "$log" \
            "$BASE_PYTHON" -m venv --clear "$VENV"
    fi
    install_python_packages "$log" "${files[@]}"
    exec 7<&-
}
