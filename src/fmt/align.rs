//! Finished lines to text: comments behind neighbouring lines are aligned, and the text ends in one line end.

use super::width;

/// One line of the result.
#[derive(Debug)]
pub(super) struct Line<'t> {
    /// With its margin, without comment and line end. A region that passes through may hold line ends of its own.
    pub(super) text: String,
    /// The comment behind it.
    pub(super) comment: Option<&'t str>,
    /// Neighbouring lines of one run align their comments; 0 is no run.
    pub(super) run: usize,
}

/// The text of all lines.
pub(super) fn join(lines: Vec<Line<'_>>) -> String {
    let mut out = String::new();
    for run in lines.chunk_by(|a, b| a.run == b.run && a.run != 0) {
        let column = run.iter().filter(|line| line.comment.is_some()).map(|line| width(&line.text)).max().unwrap_or(0);
        for line in run {
            // At the very start it would be the mark of the file and no mistake.
            if out.is_empty() && line.text.starts_with('\u{FEFF}') {
                out.push('\n');
            }
            out.push_str(&line.text);
            if let Some(comment) = line.comment {
                let gap = if line.text.trim().is_empty() { 0 } else { column - width(&line.text) + 2 };
                out.extend(std::iter::repeat_n(' ', gap));
                out.push_str(comment.trim_end_matches([' ', '\t']));
            }
            // A carriage return alone is a mistake that passes through; directly in front of a line feed it would become part of
            // it.
            if out.ends_with('\r') {
                out.push(' ');
            }
            if !line.text.ends_with('\n') {
                out.push('\n');
            }
        }
    }
    end_file(&mut out);
    out
}

/// Drops blank lines at the end.
fn end_file(out: &mut String) {
    loop {
        if out.ends_with('\n') {
            out.truncate(out.trim_end_matches('\n').len());
            out.truncate(out.trim_end_matches('\r').len());
        } else if out.ends_with([' ', '\t']) {
            out.truncate(out.trim_end_matches([' ', '\t']).len());
        } else {
            break;
        }
    }
    if out.ends_with('\r') {
        out.push(' ');
    }
    if !out.is_empty() {
        out.push('\n');
    }
}
