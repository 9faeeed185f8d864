//! How wide a text is at most, without a font: in any of the usual ones it is no wider.

/// What a text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Font {
    /// The heading of the picture.
    Title,
    /// A heading in the picture.
    Head,
    /// The name of a box.
    Name,
    /// Running text.
    Plain,
    /// Addresses and names of machines.
    Code,
    /// What is on lines.
    Label,
}

impl Font {
    /// The size in pixels.
    pub fn size(self) -> i32 {
        match self {
            Font::Title => 18,
            Font::Head => 13,
            Font::Name => 12,
            Font::Plain | Font::Code | Font::Label => 11,
        }
    }

    /// From the line that letters are on to the top of the highest one.
    pub fn ascent(self) -> i32 {
        self.size() * 93 / 100 + 1
    }

    /// From the line that letters are on to the bottom of the deepest one.
    pub fn descent(self) -> i32 {
        self.size() * 24 / 100 + 1
    }

    fn is_bold(self) -> bool {
        matches!(self, Font::Title | Font::Head | Font::Name)
    }
}

/// The wider of Arial's (Liberation Sans) and DejaVu Sans' widths of ` ` to `~`, in thousandths of the size.
#[rustfmt::skip]
const PLAIN: [u16; 95] = [
    318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337, 637, 637, 637, 637, 637, 637, 637, 637, 637,
    637, 337, 337, 838, 838, 838, 557, 1016, 685, 687, 723, 771, 667, 611, 778, 752, 295, 500, 667, 558, 863, 749, 788, 667, 788,
    723, 667, 611, 732, 685, 989, 686, 667, 686, 391, 337, 391, 838, 557, 500, 613, 635, 550, 635, 616, 353, 635, 634, 278, 278,
    580, 278, 975, 634, 612, 635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637, 337, 637, 838,
];

/// The same for their bold faces.
#[rustfmt::skip]
const BOLD: [u16; 95] = [
    349, 457, 521, 838, 696, 1002, 873, 307, 458, 458, 523, 838, 380, 416, 380, 366, 696, 696, 696, 696, 696, 696, 696, 696, 696,
    696, 400, 400, 838, 838, 838, 611, 1000, 774, 763, 734, 831, 684, 684, 821, 837, 373, 557, 775, 638, 996, 837, 851, 733, 851,
    771, 721, 683, 813, 774, 1104, 771, 725, 726, 458, 366, 458, 838, 557, 500, 675, 716, 593, 716, 679, 436, 716, 712, 343, 343,
    666, 343, 1042, 712, 688, 716, 716, 494, 596, 479, 712, 652, 924, 646, 652, 583, 712, 366, 712, 838,
];

/// A character of a fixed width, in thousandths: fonts differ by two.
const FIXED: i32 = 605;

/// How wide a text is at most, in pixels.
pub fn width(text: &str, font: Font) -> i32 {
    let thousandths: i32 = text.chars().map(|c| thousandths(c, font)).sum();
    (thousandths * font.size()).div_ceil_positive(1000)
}

fn thousandths(c: char, font: Font) -> i32 {
    // Letters that the usual fonts lack come out of another one, and some of those are wider than they are high.
    if !c.is_ascii() {
        return match c {
            '·' | '–' => 605,
            '…' | '→' | '×' | '\u{a0}'..='\u{24f}' => 1105,
            _ => 1400,
        };
    }
    let at = (c as usize).saturating_sub(' ' as usize);
    match font {
        Font::Code => FIXED,
        font if font.is_bold() => BOLD.get(at).map_or(1000, |width| i32::from(*width)),
        _ => PLAIN.get(at).map_or(1000, |width| i32::from(*width)),
    }
}

/// The text, or as much of it as fits before `…`.
pub(super) fn fitted(text: &str, font: Font, room: i32) -> String {
    if width(text, font) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        short.push(c);
        if width(&short, font) + width("…", font) > room {
            short.pop();
            break;
        }
    }
    let mut short = short.trim_end().to_owned();
    short.push('…');
    short
}

/// The text in lines that fit: broken after a comma or a blank, and where there is none, after any character.
pub(super) fn wrapped(text: &str, font: Font, room: i32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut end = |line: &mut String| {
        let whole = std::mem::take(line);
        lines.extend(Some(whole.trim_end().to_owned()).filter(|line| !line.is_empty()));
    };
    for part in text.split_inclusive([',', ' ']) {
        let joined = format!("{line}{part}");
        if width(joined.trim_end(), font) > room {
            end(&mut line);
        }
        for c in part.chars() {
            if width(&format!("{line}{c}"), font) > room && !c.is_whitespace() {
                end(&mut line);
            }
            line.push(c);
        }
    }
    end(&mut line);
    lines
}

/// Division that rounds up, for numbers that are not negative.
trait DivCeil {
    fn div_ceil_positive(self, by: i32) -> i32;
}

impl DivCeil for i32 {
    fn div_ceil_positive(self, by: i32) -> i32 {
        (self + by - 1) / by
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measured_texts_are_no_wider_than_computed() {
        // In thousandths of an em, as a browser measured them in Liberation Sans, DejaVu Sans and two fixed fonts.
        for (text, measured) in [
            ("fe01.redmond.contoso.com", 13_740),
            ("Redmond enterprise pool (4 servers)", 18_390),
            ("TCP 5061", 4_720),
            ("10.10.20.31", 6_040),
            ("illiliil", 2_220),
        ] {
            assert!(width(text, Font::Plain) * 1000 >= measured * 11, "{text}");
        }
        assert!(width("10.10.20.31", Font::Code) * 1000 >= 6_620 * 11);
    }

    #[test]
    fn long_texts_end_in_an_ellipsis_and_fit() {
        for room in 12..200 {
            let text = fitted("pool01.corp.contoso.com, the pool of everybody", Font::Plain, room);
            assert!(width(&text, Font::Plain) <= room || text == "…", "{room}: {text}");
        }
        assert_eq!(fitted("fits", Font::Name, 100), "fits");
    }

    #[test]
    fn a_long_line_goes_on_in_the_next() {
        let of = |text: &str| wrapped(text, Font::Code, width("131.107.155.11–12,", Font::Code));
        assert_eq!(of("131.107.155.11–12,21–22"), ["131.107.155.11–12,", "21–22"]);
        assert_eq!(of("18 servers: fe01–08, web01–04"), ["18 servers:", "fe01–08, web01–04"]);
        assert_eq!(of(r"\\fs01.corp.contoso.com\ocs").concat(), r"\\fs01.corp.contoso.com\ocs");
        assert_eq!(of("fits"), ["fits"]);
        for room in 12..200 {
            let lines = wrapped("pool01.corp.contoso.com, the pool", Font::Plain, room);
            assert!(lines.iter().all(|line| width(line, Font::Plain) <= room || line.chars().count() == 1), "{room}: {lines:?}");
        }
    }
}
