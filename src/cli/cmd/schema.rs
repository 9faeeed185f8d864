//! `ocstopo schema`

use clap::{Args, ValueEnum};

use crate::cli::exit::{Exit, Failure};
use crate::cli::markdown::{filled, painted};
use crate::diag::nearest;
use crate::io::Out;
use crate::schema;

/// Print the vocabulary: every block and attribute with its type, unit, default and meaning
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo schema site\n  ocstopo schema network.zone\n  \
        ocstopo schema --format markdown > language.md\n  ocstopo schema --format json")]
pub(in crate::cli) struct Schema {
    /// A block such as site, or an attribute of one such as network.zone; without it the whole vocabulary
    #[arg(value_name = "BLOCK[.ATTRIBUTE]")]
    what: Option<String>,

    /// The output format: for one block or attribute text for the terminal, for the vocabulary markdown unless another is named
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// The language reference
    Markdown,
    /// For programs
    Json,
}

impl Schema {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let text = match (&self.what, self.format) {
            (None, None | Some(Format::Markdown)) => schema::markdown(),
            (None, Some(Format::Json)) => schema::json(),
            (Some(what), Some(Format::Json)) => json(what)?,
            (Some(what), Some(Format::Markdown)) => markdown(what)?,
            (Some(what), None) => {
                let canvas = out.output_canvas();
                painted(&filled(&markdown(what)?, canvas.width), canvas.color)
            }
        };
        out.print(&text);
        if !text.ends_with('\n') {
            out.print("\n");
        }
        Ok(Exit::Fine)
    }
}

/// The parts of `BLOCK.ATTRIBUTE`.
fn parts(what: &str) -> (String, Option<String>) {
    let word = |text: &str| text.to_lowercase().replace('-', "_");
    match what.split_once('.') {
        Some((kind, name)) => (word(kind), Some(word(name))),
        None => (word(what), None),
    }
}

fn markdown(what: &str) -> Result<String, String> {
    let (kind, name) = parts(what);
    let block = schema::block_text(&kind).ok_or_else(|| no_block(&kind))?;
    match name {
        None => Ok(block),
        Some(name) => schema::attribute_text(&kind, &name).ok_or_else(|| no_attribute(&kind, &name)),
    }
}

/// A block with all of its attributes: programs choose for themselves.
fn json(what: &str) -> Result<String, String> {
    markdown(what)?;
    Ok(schema::block_json(&parts(what).0))
}

fn no_block(kind: &str) -> String {
    let owners: Vec<&str> = schema::kinds().filter(|owner| schema::attributes(owner).any(|name| name == kind)).collect();
    match (owners.first(), nearest(kind, schema::kinds())) {
        (Some(owner), _) => {
            format!("`{kind}` is an attribute, not a block: `ocstopo schema {owner}.{kind}`, or `ocstopo explain {kind}`")
        }
        (None, Some(near)) => format!("there is no block `{kind}`: did you mean `{near}`?"),
        (None, None) => format!("there is no block `{kind}`: the blocks are {}", listed(schema::kinds())),
    }
}

fn no_attribute(kind: &str, name: &str) -> String {
    match nearest(name, schema::attributes(kind)) {
        Some(near) => format!("`{kind}` has no attribute `{name}`: did you mean `{kind}.{near}`?"),
        None if schema::attributes(kind).next().is_none() => format!("`{kind}` has no attributes"),
        None => format!("`{kind}` has no attribute `{name}`: it has {}", listed(schema::attributes(kind))),
    }
}

/// Words in their order, each once.
fn listed(words: impl Iterator<Item = &'static str>) -> String {
    let mut each: Vec<&str> = Vec::new();
    words.for_each(|word| {
        if !each.contains(&word) {
            each.push(word);
        }
    });
    each.join(", ")
}
