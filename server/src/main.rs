//! `tongban`: the words of the command line, and the exit code.

use clap::Parser as _;
use server::cli::{Words, explain, run};
use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let words = match Words::try_parse() {
        Ok(words) => words,
        Err(error) => {
            let (text, code) = explain(&error);
            if code == ExitCode::SUCCESS {
                print!("{text}");
            } else {
                eprintln!("{text}");
            }
            return code;
        }
    };
    match run(words) {
        Ok(code) => code,
        Err(fault) => {
            eprintln!("{fault:#}");
            ExitCode::FAILURE
        }
    }
}
