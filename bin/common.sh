# What the scripts of this folder share. Sourced, with the working folder at the root of the checkout.

say() { printf '==> %s\n' "$*"; }

stop_with() {
    printf 'stopped: %s\n' "$*" >&2
    exit 1
}

# packages FILE PACKAGE…: installs Debian packages unless FILE (a path or a command) is there already.
packages() {
    local wanted=$1
    shift
    if [ -e "$wanted" ] || command -v "$wanted" >/dev/null; then return 0; fi
    say "installing $* ($wanted is missing)"
    command -v apt-get >/dev/null || stop_with "$wanted is missing: install it (Debian calls it: $*)"
    local root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || stop_with "$wanted is missing: as root, run: apt-get install $*"
        root=(sudo)
    fi
    if [ -z "${APT_UPDATED:-}" ]; then
        "${root[@]}" apt-get update -qq || stop_with "apt-get update failed: is the network reachable?"
        APT_UPDATED=yes
    fi
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        stop_with "apt-get could not install $*"
}

# toolchain: Rust and a C compiler (SQLite and the cryptography are partly C).
toolchain() {
    if ! command -v cargo >/dev/null && [ -x "$HOME/.cargo/bin/cargo" ]; then export PATH="$HOME/.cargo/bin:$PATH"; fi
    command -v cargo >/dev/null || stop_with "cargo is missing: install Rust 1.95 or newer from https://rustup.rs"
    local version
    version=$(rustc --version | cut -d' ' -f2 | cut -d. -f2)
    [ "${version:-0}" -ge 95 ] || stop_with "$(rustc --version) is too old: Rust 1.95 or newer is needed (rustup update stable)"
    packages cc gcc libc6-dev
}

# browser_target: what Rust needs to compile for the browser.
browser_target() {
    [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ] && return 0
    command -v rustup >/dev/null ||
        stop_with "Rust has no target wasm32-unknown-unknown and there is no rustup to add it: install Rust from https://rustup.rs"
    say "adding the target wasm32-unknown-unknown to Rust"
    rustup target add wasm32-unknown-unknown || stop_with "rustup could not add wasm32-unknown-unknown"
}

# target_folder: where cargo builds, whoever configured it.
target_folder() {
    cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/'
}

# free_port: a TCP port of the loopback interface that nobody listens at.
free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# wait_for URL PROCESS: until the address answers, for half a minute, while the process lives.
wait_for() {
    python3 - "$@" <<'END'
import os, sys, time, urllib.request
url, process = sys.argv[1], int(sys.argv[2])
for _ in range(300):
    try:
        os.kill(process, 0)
        urllib.request.urlopen(url, timeout=5).read()
        sys.exit(0)
    except ProcessLookupError:
        break
    except OSError:
        time.sleep(0.1)
sys.exit(f"{url} does not answer")
END
}
