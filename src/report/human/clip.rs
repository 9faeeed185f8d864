//! Pictures that fit the screen: lines of a file that are wider are shown around what is marked in them, and `…` stands for the rest.

use unicode_width::UnicodeWidthChar;

/// One column: a character, and what has no width in front of it, such as commands to the terminal.
struct Cell {
    commands: String,
    shown: char,
}

/// The second column of a wide character.
const SECOND: char = '\0';

/// A line in columns, and the commands at its end.
struct Line {
    cells: Vec<Cell>,
    end: String,
}

impl Line {
    fn read(text: &str) -> Self {
        let (mut cells, mut commands) = (Vec::new(), String::new());
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            if c == '\u{1b}' {
                commands.push(c);
                for c in chars.by_ref() {
                    commands.push(c);
                    if c.is_ascii_alphabetic() {
                        break;
                    }
                }
                continue;
            }
            match c.width() {
                Some(0) => commands.push(c),
                width => {
                    cells.push(Cell { commands: std::mem::take(&mut commands), shown: c });
                    if width == Some(2) {
                        cells.push(Cell { commands: String::new(), shown: SECOND });
                    }
                }
            }
        }
        Line { cells, end: commands }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for cell in &self.cells {
            text += &cell.commands;
            text.extend(Some(cell.shown).filter(|shown| *shown != SECOND));
        }
        text + &self.end
    }

    fn width(&self) -> usize {
        self.cells.len()
    }

    /// What is in front of a line of a file, `12 │ `, or of marks below it, `   · `: where it ends, and whether it is of marks.
    fn gutter(&self) -> Option<(usize, bool)> {
        let bar = self.cells.iter().position(|cell| !(cell.shown == ' ' || cell.shown.is_ascii_digit()))?;
        let marks = match self.cells.get(bar)?.shown {
            '│' => false,
            '·' => true,
            _ => return None,
        };
        Some(((bar + 2).min(self.cells.len()), marks))
    }

    /// Whether words are among the marks.
    fn has_label(&self) -> bool {
        self.cells.iter().any(|cell| cell.shown.is_alphanumeric())
    }

    /// Takes columns out; their commands stay.
    fn remove(&mut self, columns: std::ops::Range<usize>) {
        let commands: String = self.cells.drain(columns.clone()).map(|cell| cell.commands).collect();
        match self.cells.get_mut(columns.start) {
            Some(cell) => cell.commands.insert_str(0, &commands),
            None => self.end.insert_str(0, &commands),
        }
        // Half of a wide character is none.
        for at in 0..self.cells.len() {
            let is_second = self.cells[at].shown == SECOND;
            let after_wide = at > 0 && self.cells[at - 1].shown.width() == Some(2);
            let before_second = self.cells.get(at + 1).is_some_and(|next| next.shown == SECOND);
            if is_second && !after_wide || self.cells[at].shown.width() == Some(2) && !before_second {
                self.cells[at].shown = ' ';
            }
        }
    }

    /// Cuts what is wider.
    fn cut(&mut self, width: usize) {
        if self.width() > width {
            self.remove(width.saturating_sub(1)..self.width());
            self.cells.push(Cell { commands: String::new(), shown: '…' });
        }
    }
}

/// The drawn finding without lines of files that are wider than `width`.
pub(super) fn clip(drawn: &str, width: usize) -> String {
    let mut out = String::new();
    let mut picture: Vec<Line> = Vec::new();
    for text in drawn.lines() {
        let line = Line::read(text);
        if line.gutter().is_some() {
            picture.push(line);
            continue;
        }
        flush(&mut out, &mut picture, width);
        out += text;
        out.push('\n');
    }
    flush(&mut out, &mut picture, width);
    out
}

/// The lines of one picture: each line of a file with the marks below it, moved to the left as far as its marks need.
fn flush(out: &mut String, picture: &mut Vec<Line>, width: usize) {
    let of_file = |line: &Line| line.gutter().is_some_and(|(_, marks)| !marks);
    for part in picture.chunk_by_mut(|_, next| !of_file(next)) {
        if part.iter().any(|line| line.width() > width) {
            fit(part, width);
        }
    }
    for line in picture.drain(..) {
        *out += line.text().trim_end();
        out.push('\n');
    }
}

/// Moves a line of a file and its marks to the left, and cuts what is still too wide.
fn fit(part: &mut [Line], width: usize) {
    let marks = || part.iter().filter_map(|line| line.gutter().filter(|(_, marks)| *marks).map(|(start, _)| (line, start)));
    let blank = |line: &Line, start: usize| line.cells[start..].iter().take_while(|cell| cell.shown == ' ').count();
    let end = marks().map(|(line, _)| line.width()).max().unwrap_or(0);
    let most = marks().filter(|(line, start)| line.width() > *start).map(|(line, start)| blank(line, start)).min().unwrap_or(0);
    let left = end.saturating_sub(width).min(most.saturating_sub(1));
    for line in part {
        let Some((start, marks)) = line.gutter() else { continue };
        if left > 0 {
            let last = (start + left).min(line.width());
            line.remove(start..last);
            if let Some(first) = line.cells.get_mut(start).filter(|_| !marks) {
                first.shown = '…';
            }
        }
        // A label that still does not fit is left to the terminal: nothing that it says gets lost.
        if !(marks && line.has_label()) {
            line.cut(width);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_stays_in_view() {
        let drawn = "  error: x\n  ╭─[a:1:1]\n1 │ abcdefghijklmnopqrstuvwxyz\n  ·                  ─┬─\n  ·                   ╰── y\n  ╰────\n";
        assert_eq!(clip(drawn, 80), drawn);
        assert_eq!(clip(drawn, 16), "  error: x\n  ╭─[a:1:1]\n1 │ …mnopqrstuv…\n  ·       ─┬─\n  ·        ╰── y\n  ╰────\n");
        assert_eq!(clip("1 │ abcdefghijk\n  · ─\n", 10), "1 │ abcde…\n  · ─\n");
    }

    #[test]
    fn each_line_moves_by_its_own_marks() {
        let drawn = "1 │ abcdefghijk\n  ·          ─ y\n2 │ a\n  · ─ z\n";
        assert_eq!(clip(drawn, 11), "1 │ …ghijk\n  ·     ─ y\n2 │ a\n  · ─ z\n");
    }

    #[test]
    fn a_wide_character_has_two_columns() {
        assert_eq!(clip("1 │ 東東東\n", 10), "1 │ 東東東\n");
        assert_eq!(clip("1 │ 東東東\n", 9), "1 │ 東東…\n");
        assert_eq!(clip("1 │ 東東東\n", 8), "1 │ 東 …\n");
    }

    #[test]
    fn colours_are_kept_and_have_no_width() {
        let drawn = "1 │ ab\u{1b}[31mcdef\u{1b}[0mgh\n";
        assert_eq!(clip(drawn, 12), drawn);
        assert_eq!(clip(drawn, 8), "1 │ ab\u{1b}[31mc…\u{1b}[0m\n");
    }
}
