//! Names that a platform takes: short enough, of its characters, never two things by one.

use crate::plan::digest;

/// A text as a name of at most `limit` characters, for people and for the platform. Characters other than letters, digits, `.`,
/// `-` and `_` become `_`, and then, or where the text is too long, a digest of the whole is at the end: nothing is only cut off.
pub(super) fn fit(text: &str, limit: usize) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
    let name: String = text.chars().map(plain).collect();
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if begins && name == text && name.len() <= limit {
        return name;
    }
    let head: String = if begins { name } else { format!("x{name}") };
    let mark = if head.len() + 9 <= limit { digest(text, 8) } else { digest(text, 12) };
    // Every character of it is one byte.
    let room = limit.saturating_sub(mark.len() + 1).min(head.len());
    format!("{}-{mark}", &head[..room])
}

/// A text in lines of at most `width` characters, for comments: a line that a terminal would break is a line that a device may
/// act on.
pub(super) fn lines(text: &str, width: usize) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut length = 0;
    for word in text.split_whitespace() {
        for piece in pieces(word, width) {
            let long = piece.chars().count();
            if length > 0 && length + 1 + long > width {
                out.push(String::new());
                length = 0;
            }
            if let Some(line) = out.last_mut() {
                if length > 0 {
                    line.push(' ');
                    length += 1;
                }
                line.push_str(piece);
                length += long;
            }
        }
    }
    out
}

/// A word in pieces of at most `width` characters.
fn pieces(word: &str, width: usize) -> Vec<&str> {
    let mut cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).step_by(width.max(1)).collect();
    cuts.push(word.len());
    cuts.windows(2).map(|pair| &word[pair[0]..pair[1]]).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_shortened_by_a_digest() {
        assert_eq!(fit("edge_outside", 31), "edge_outside");
        assert_eq!(fit("P01/redmond.edge/udp~0a1b2c3d", 48), "P01_redmond.edge_udp_0a1b2c3d-489df401");
        assert_eq!(fit("10.0.0.1", 31), format!("x10.0.0.1-{}", digest("10.0.0.1", 8)));
        let long = "x".repeat(300);
        assert_eq!(fit(&long, 31), format!("{}-{}", "x".repeat(18), digest(&long, 12)));
    }

    proptest! {
        #[test]
        fn any_text_makes_a_name(text in any::<String>(), limit in 15usize..100) {
            let name = fit(&text, limit);
            prop_assert!(name.len() <= limit && name.starts_with(|c: char| c.is_ascii_alphabetic()), "{}", name);
            prop_assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')), "{}", name);
        }

        #[test]
        fn different_texts_make_different_names(a in "[a-c/~]{1,4}", b in "[a-c/~]{1,4}") {
            prop_assert_eq!(fit(&a, 31) == fit(&b, 31), a == b);
        }

        #[test]
        fn lines_hold_every_word(text in "[a-z ]{0,80}") {
            let lines = lines(&text, 11);
            prop_assert!(lines.iter().all(|line| line.chars().count() <= 11));
            let letters = |text: &str| text.replace(' ', "");
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
