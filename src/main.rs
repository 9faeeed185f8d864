//! The `ocstopo` command.

/// A build of many sites is millions of short strings on several threads, which the allocator of the system hands out slowly.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    ocstopo::cli::main()
}
