//! Processes that are measured from outside; each ends with its value.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command};

use crate::Fallible;

/// A running server.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) child: Child,
}

impl Server {
    /// Memory in use now and at its highest, in MB.
    pub(crate) fn memory(&self) -> Fallible<(f64, f64)> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let of = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse::<f64>().ok().map(|kibibytes| kibibytes * 1024.0 / 1e6)
        };
        of("VmRSS:").zip(of("VmHWM:")).ok_or_else(|| "/proc does not tell the memory of a process".into())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; either way it must not stay.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The command that serves `database` at `address`, as quiet as it can be.
pub(crate) fn program(program: &Path, database: &str, address: SocketAddr) -> Command {
    let mut command = Command::new(program);
    command.env_clear().args(["serve", "--log", "error", "--database", database, "--listen"]).arg(address.to_string());
    command
}
