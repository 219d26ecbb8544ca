//! What an installation sets, on the command line or as environment variables.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Trains the people of a province's OCOP programme: calendar, enrolment, attendance, certificates.
#[derive(Debug, Parser)]
#[command(name = "ocop-training", version, about, max_term_width = 100)]
pub struct CommandLine {
    /// What every role needs.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub role: Role,
}

/// Where records are kept.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// The folder of the embedded database.
    #[arg(long, env = "OCOP_DATA_DIR", default_value = "data", global = true)]
    pub data_dir: PathBuf,
    /// `sqlite:PATH` or `postgres://USER@HOST/NAME`; by default `ocop.db` in the data folder.
    #[arg(long, env = "OCOP_DATABASE", hide_env_values = true, global = true)]
    pub database: Option<String>,
    /// The file with the key that citizen numbers are sealed with; by default `citizen.key` beside the embedded database, else in
    /// the data folder. The first start makes it. Several machines with one database share it. Who loses it loses the
    /// numbers: copy it too.
    #[arg(long, env = "OCOP_KEY_FILE", global = true)]
    pub key_file: Option<PathBuf>,
    /// How much to log: error, warn, info, debug, or directives of tracing-subscriber.
    #[arg(long, env = "OCOP_LOG", default_value = "info", global = true)]
    pub log: String,
}

impl Common {
    /// The address of the database.
    #[must_use]
    pub fn database(&self) -> String {
        self.database.clone().unwrap_or_else(|| format!("sqlite:{}", self.data_dir.join("ocop.db").display()))
    }

    /// The file with the key of the citizen numbers.
    #[must_use]
    pub fn key_file(&self) -> PathBuf {
        let beside = self.database_file().unwrap_or_else(|| self.data_dir.join("ocop.db"));
        self.key_file.clone().unwrap_or_else(|| beside.with_file_name("citizen.key"))
    }

    /// The file of the embedded database; none for PostgreSQL.
    #[must_use]
    pub fn database_file(&self) -> Option<PathBuf> {
        let address = self.database();
        let path = address.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        Some(Path::new(path.split('?').next().unwrap_or(path)).to_path_buf())
    }
}

/// The roles of the one binary.
#[derive(Debug, Subcommand)]
pub enum Role {
    /// Serve the program over HTTP and send its letters.
    Serve(Serve),
    /// Apply the migrations that are missing and store the reference data.
    Migrate,
    /// Fill an empty database with demonstration data. Refuses when there are people in it.
    Demo,
    /// Accounts, from the command line.
    #[command(subcommand)]
    Account(AccountRole),
    /// Read units, organisations or people from a CSV or spreadsheet file. Doing it twice changes nothing.
    Import {
        /// What the file holds.
        kind: ImportKind,
        /// The file.
        file: PathBuf,
    },
    /// Check every invariant, reading only. Exits with 2 when one is violated.
    Doctor,
    /// Write a consistent copy of the embedded database, also while it is served. The key file has to be copied too.
    Backup {
        /// The file to write; it must not exist.
        file: PathBuf,
    },
    /// Put a copy in the place of the embedded database. Stop the server first. It needs the key that it was made with.
    Restore {
        /// The copy.
        file: PathBuf,
        /// Replace a database that exists; it is kept beside, with the ending `.before-restore`.
        #[arg(long)]
        overwrite: bool,
    },
}

/// What `serve` needs.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// The address to listen at.
    #[arg(long, env = "OCOP_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The address people reach the program at, for links in letters and on papers.
    #[arg(long, env = "OCOP_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
    pub public_url: String,
    /// A proxy stands in front and writes `X-Forwarded-For`.
    #[arg(long, env = "OCOP_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Offer the demonstration sign-ins on the sign-in page.
    #[arg(long, env = "OCOP_DEMO")]
    pub demo: bool,
    /// `smtp://HOST:PORT`, `smtp://HOST:PORT?tls=required` or `smtps://USER:PASSWORD@HOST`; without it letters wait.
    #[arg(long, env = "OCOP_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,
    /// Whom letters come from.
    #[arg(long, env = "OCOP_MAIL_FROM", default_value = "OCOP Thanh Hóa <ocop@localhost>")]
    pub mail_from: String,
}

impl Serve {
    /// The public address without a slash at its end.
    ///
    /// # Errors
    /// One sentence that names the setting.
    pub fn public_url(&self) -> Result<String, String> {
        let url = self.public_url.trim_end_matches('/');
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        match rest {
            Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', ' ', '@']) => Ok(url.to_owned()),
            _ => Err(format!("--public-url (OCOP_PUBLIC_URL): {:?} is not http://HOST or https://HOST", self.public_url)),
        }
    }
}

/// What can be done to accounts from the command line.
#[derive(Debug, Subcommand)]
pub enum AccountRole {
    /// Add an account for a new person and print a one-time link to choose its password.
    Add {
        /// What to sign in with: an e-mail address, a telephone number or a user name.
        name: String,
        /// The person's full name.
        #[arg(long)]
        full_name: String,
        /// The role, for the whole province.
        #[arg(long, default_value = "administrator")]
        role: String,
        /// The address people reach the program at, for the link.
        #[arg(long, env = "OCOP_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
        public_url: String,
    },
    /// Print a one-time link to choose a new password.
    Reset {
        /// What the account signs in with.
        name: String,
        /// The address people reach the program at, for the link.
        #[arg(long, env = "OCOP_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
        public_url: String,
    },
}

/// What can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportKind {
    /// Administrative units.
    Units,
    /// Organisations.
    Organisations,
    /// People.
    People,
}
