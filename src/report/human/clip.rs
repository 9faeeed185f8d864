//! Pictures that fit the screen: lines of a file that are wider are shown around what is marked in them, and `…` stands for the rest.

/// One column: a character, and the commands to the terminal in front of it.
struct Cell {
    commands: String,
    shown: char,
}

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
            } else {
                cells.push(Cell { commands: std::mem::take(&mut commands), shown: c });
            }
        }
        Line { cells, end: commands }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for cell in &self.cells {
            text += &cell.commands;
            text.push(cell.shown);
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

    /// Takes columns out; their commands stay.
    fn remove(&mut self, columns: std::ops::Range<usize>) {
        let commands: String = self.cells.drain(columns.clone()).map(|cell| cell.commands).collect();
        match self.cells.get_mut(columns.start) {
            Some(cell) => cell.commands.insert_str(0, &commands),
            None => self.end.insert_str(0, &commands),
        }
    }

    /// Cuts what is wider.
    fn cut(&mut self, width: usize) {
        if self.width() > width {
            self.remove(width..self.width());
            if let Some(last) = self.cells.last_mut() {
                last.shown = '…';
            }
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

/// The lines of one picture, moved to the left as far as its marks need.
fn flush(out: &mut String, picture: &mut Vec<Line>, width: usize) {
    if picture.iter().any(|line| line.width() > width) {
        let marks =
            || picture.iter().filter_map(|line| line.gutter().filter(|(_, marks)| *marks).map(|(start, _)| (line, start)));
        let blank = |line: &Line, start: usize| line.cells[start..].iter().take_while(|cell| cell.shown == ' ').count();
        let end = marks().map(|(line, _)| line.width()).max().unwrap_or(0);
        let most =
            marks().filter(|(line, start)| line.width() > *start).map(|(line, start)| blank(line, start)).min().unwrap_or(0);
        let left = end.saturating_sub(width).min(most.saturating_sub(1));
        for line in picture.iter_mut() {
            let Some((start, marks)) = line.gutter() else { continue };
            if left > 0 {
                let last = (start + left).min(line.width());
                line.remove(start..last);
                if let Some(first) = line.cells.get_mut(start).filter(|_| !marks) {
                    first.shown = '…';
                }
            }
            // Tabs and wide letters move labels to the right of where they were expected; no word of one is lost.
            if !(marks && line.cells[start.min(line.width())..].iter().any(|cell| cell.shown.is_alphanumeric())) {
                line.cut(width);
            }
        }
    }
    for line in picture.drain(..) {
        *out += line.text().trim_end();
        out.push('\n');
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
    fn colours_are_kept_and_have_no_width() {
        let drawn = "1 │ ab\u{1b}[31mcdef\u{1b}[0mgh\n";
        assert_eq!(clip(drawn, 12), drawn);
        assert_eq!(clip(drawn, 8), "1 │ ab\u{1b}[31mc…\u{1b}[0m\n");
    }
}
