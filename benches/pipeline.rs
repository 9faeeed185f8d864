//! The stages over generated topologies: `cargo bench`.

mod generator;

fn main() {
    divan::main();
}
