# A private redis-server on a unix socket, without a TCP port. Sourced after children.sh.

# choose_socket FOLDER: set REDIS_SOCKET to FOLDER/redis.sock, or into a short temporary folder (SOCKET_DIR) when the
# path is too long for a socket (107 bytes) or has characters that a URL would read otherwise.
choose_socket() {
    local path=$1/redis.sock
    SOCKET_DIR=
    if ((${#path} > 100)) || [[ $path == *[^A-Za-z0-9/._-]* ]]; then
        SOCKET_DIR=$(mktemp -d /tmp/portal-redis.XXXXXX)
        path=$SOCKET_DIR/redis.sock
    fi
    export REDIS_SOCKET=$path
}

# start_redis FOLDER [NAME]: start it on REDIS_SOCKET and wait until the socket is there. Nothing is kept on disk: the
# rows in the database say what is to be done.
start_redis() {
    local waited name=${2:-redis}
    rm -f -- "$REDIS_SOCKET"
    spawn "$name" redis-server --port 0 --unixsocket "$REDIS_SOCKET" --unixsocketperm 700 --dir "$1" \
        --save "" --appendonly no --daemonize no
    for ((waited = 0; waited < 100; waited++)); do
        [[ ! -S $REDIS_SOCKET ]] || return 0
        check_children
        sleep 0.1
    done
    fail "redis-server did not open $REDIS_SOCKET within ten seconds; its log: $LOG_DIR/$name.log"
}
