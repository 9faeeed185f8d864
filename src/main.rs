//! The `ocstopo` command.

fn main() -> std::process::ExitCode {
    ocstopo::cli::main()
}
