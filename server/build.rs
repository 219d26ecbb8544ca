//! Puts the islands that `bin/build` made into the program. Without them it builds all the same: every page works
//! without JavaScript, and the tests of the router need none.

use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-env-changed=OCOP_ISLANDS");
    let out = env::var("OUT_DIR")?;
    let from = env::var("OCOP_ISLANDS").ok();
    for file in ["app.js", "app.js.br", "app_bg.wasm", "app_bg.wasm.br"] {
        let target = Path::new(&out).join(file);
        match &from {
            Some(folder) => {
                let source = Path::new(folder).join(file);
                println!("cargo::rerun-if-changed={}", source.display());
                fs::copy(&source, &target).map_err(|error| format!("{}: {error}", source.display()))?;
            }
            None => fs::write(&target, [])?,
        }
    }
    Ok(())
}
