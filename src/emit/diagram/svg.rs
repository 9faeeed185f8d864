//! SVG: text is text, shapes are paths, colours are classes. It is a file of its own, or in a page that has [`STYLE`].

use std::fmt::Write as _;

use super::form::Form;
use super::icons::paths;
use crate::diagram::{
    Drawing, DrawnBox, DrawnLine, DrawnText, Family, Font, Frame, Icon, LineKind, Picture, Point, Segment, State, Tone, layout,
};

pub(super) const FORM: Form = Form { word: "svg", title: "For browsers, documents and print; text stays text", write: file };

/// The style sheet of pictures. A page that shows one has it once.
pub const STYLE: &str = include_str!("svg.css");

/// A file of its own.
pub fn file(picture: &Picture) -> String {
    let body = drawn(picture, &layout(picture), "picture", Some(STYLE));
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}\n")
}

/// The element for a page that has [`STYLE`]. `id` is unique in the page.
pub fn element(picture: &Picture, id: &str) -> String {
    drawn(picture, &layout(picture), id, None)
}

fn drawn(picture: &Picture, drawing: &Drawing, id: &str, style: Option<&str>) -> String {
    let (width, height) = (drawing.width, drawing.height);
    let linked = picture.nodes.iter().any(|node| node.link.is_some()) || picture.sites.iter().any(|site| site.link.is_some());
    // What is an image has nothing in it that can be followed.
    let role = if linked { "group" } else { "img" };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ocs-diagram\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"{role}\" aria-labelledby=\"{id}-title {id}-desc\">\n\
         <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n",
        escaped(&picture.title),
        escaped(&description(picture)),
    );
    if let Some(style) = style {
        out += &format!("<style>{style}</style>\n");
    }
    out += &format!("<rect class=\"bg\" width=\"{width}\" height=\"{height}\"/>\n");
    for band in &drawing.bands {
        let tone = match band.tone {
            Some(Tone::Internet) => "internet",
            Some(Tone::Perimeter) => "perimeter",
            Some(Tone::Internal) => "internal",
            Some(Tone::Plain) | None => "plain",
        };
        let area = band.area;
        out += &format!(
            "<rect class=\"{tone}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n",
            area.x, area.y, area.width, area.height
        );
        band.texts.iter().for_each(|band| text(&mut out, band, ""));
    }
    for site in &drawing.sites {
        let about = site.site.and_then(|at| picture.sites.get(at));
        let link = about.and_then(|about| about.link.as_deref());
        let tip = about.map_or("", |about| &about.tip);
        let area = site.area;
        linked_group(&mut out, link, "s", tip, |out| {
            *out += &format!(
                "<rect class=\"site\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"/>",
                area.x, area.y, area.width, area.height
            );
            site.texts.iter().for_each(|title| text(out, title, ""));
        });
    }
    let (around, others): (Vec<_>, Vec<_>) = drawing.boxes.iter().partition(|drawn| drawn.frame == Frame::Around);
    around.iter().for_each(|frame| drawn_box(&mut out, picture, frame));
    drawing.lines.iter().for_each(|line| drawn_line(&mut out, picture, line));
    others.iter().for_each(|card| drawn_box(&mut out, picture, card));
    for label in drawing.lines.iter().filter_map(|line| line.label.as_ref()) {
        text(&mut out, label, "");
    }
    for mark in &drawing.legend {
        if let Some(icon) = mark.icon {
            let family = picture.box_kinds().into_iter().find(|(own, _, kind)| *own == icon && *kind == mark.text.text);
            out += &format!("<g class=\"{}\">", family.map_or("f-net", |(_, family, _)| family_class(family)));
            shape(&mut out, icon, mark.at);
            out += "</g>";
        }
        if let Some(kind) = mark.line {
            let (from, y) = (mark.at.x, mark.at.y + 12);
            out += &format!("<g class=\"l {}\"><path d=\"M{from} {y}H{}\"/>", line_class(kind), from + 32);
            if kind.is_directed() {
                out += &format!("<path class=\"arrow\" d=\"M{} {y}l-8 -4v8z\"/>", from + 36);
            }
            out += "</g>";
        }
        text(&mut out, &mark.text, "");
    }
    for (at, heading) in drawing.heading.iter().enumerate() {
        let note = at > 0 && heading.font == Font::Name;
        text(&mut out, heading, if note { "note" } else { "" });
    }
    drawing.notes.iter().for_each(|note| text(&mut out, note, ""));
    out += "</svg>";
    out
}

/// What is told to those who do not see it.
fn description(picture: &Picture) -> String {
    match &picture.note {
        Some(note) => format!("{note}. {}", picture.description),
        None => picture.description.clone(),
    }
}

/// A group with a tooltip, in a link if it leads somewhere.
fn linked_group(out: &mut String, link: Option<&str>, class: &str, tip: &str, inner: impl FnOnce(&mut String)) {
    if let Some(link) = link {
        *out += &format!("<a href=\"{}\">", escaped(link));
    }
    *out += &format!("<g class=\"{class}\">");
    if !tip.is_empty() {
        *out += &format!("<title>{}</title>", escaped(tip));
    }
    inner(out);
    *out += "</g>";
    if link.is_some() {
        *out += "</a>";
    }
    out.push('\n');
}

fn drawn_box(out: &mut String, picture: &Picture, drawn: &DrawnBox) {
    let node = picture.node(drawn.node);
    let frame = match drawn.frame {
        Frame::Card => "card",
        Frame::Wall => "wall",
        Frame::Bar => "bar",
        Frame::Around => "around",
    };
    let area = drawn.area;
    linked_group(
        out,
        node.link.as_deref(),
        &format!("b-{frame} {}{}", family_class(node.family), state_class(node.state)),
        &node.tip,
        |out| {
            let round = if drawn.frame == Frame::Wall { 0 } else { 4 };
            *out += &format!(
                "<rect class=\"{frame}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{round}\"/>",
                area.x, area.y, area.width, area.height
            );
            if let Some(height) = drawn.front {
                *out += &format!(
                    "<path class=\"strip\" d=\"M{} {}h{}v{}h-{}z\"/>",
                    area.x + 4,
                    area.y + 1,
                    area.width - 5,
                    height - 1,
                    area.width - 5
                );
                let at = Point { x: area.x + 9, y: area.y + 1 };
                *out += "<g class=\"f-net\">";
                scaled(out, Icon::Balancer, at, "0.75");
                *out += "</g>";
            }
            if drawn.frame == Frame::Card {
                *out += &format!("<path class=\"stripe\" d=\"M{} {}v{}\"/>", area.x + 2, area.y + 2, area.height - 4);
            }
            if drawn.frame == Frame::Card {
                shape(out, node.icon, drawn.icon);
            } else {
                scaled(out, node.icon, drawn.icon, "0.84");
            }
            drawn.texts.iter().for_each(|line| text(out, line, ""));
        },
    );
}

fn drawn_line(out: &mut String, picture: &Picture, line: &DrawnLine) {
    linked_group(out, None, &format!("l {}", line_class(line.kind)), &picture.lines[line.line].tip, |out| {
        let mut d = String::new();
        for Segment { from, to } in line.segments.iter().flat_map(|segment| around(*segment, line.label.as_ref())) {
            let piece = if from.y == to.y { format!("H{}", to.x) } else { format!("V{}", to.y) };
            d += &format!("M{} {}{piece}", from.x, from.y);
        }
        *out += &format!("<path d=\"{d}\"/>");
        for joint in &line.joints {
            *out += &format!("<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"3\"/>", joint.x, joint.y);
        }
        for (tip, down) in &line.arrows {
            *out += &format!("<path class=\"arrow\" d=\"M{} {}l-4 {}h8z\"/>", tip.x, tip.y, if *down { -8 } else { 8 });
        }
    });
}

/// A piece of a line without what its label is on, so that the label needs no background.
fn around(segment: Segment, label: Option<&DrawnText>) -> Vec<Segment> {
    let Some(gap) = label.map(|label| label.area).filter(|area| area.overlaps(segment.area())) else { return vec![segment] };
    let Segment { from, to } = segment;
    let (before, after) = if segment.is_horizontal() {
        (Point { x: gap.x, ..from }, Point { x: gap.right(), ..to })
    } else {
        (Point { y: gap.y, ..from }, Point { y: gap.bottom(), ..to })
    };
    vec![Segment { from, to: before }, Segment { from: after, to }]
}

fn shape(out: &mut String, icon: Icon, at: Point) {
    scaled(out, icon, at, "1");
}

fn scaled(out: &mut String, icon: Icon, at: Point, scale: &str) {
    let (lines, filled) = paths(icon);
    let size = if scale == "1" { String::new() } else { format!(" scale({scale})") };
    *out += &format!("<g transform=\"translate({} {}){size}\"><path class=\"i\" d=\"{lines}\"/>", at.x, at.y);
    if !filled.is_empty() {
        *out += &format!("<path class=\"f\" d=\"{filled}\"/>");
    }
    *out += "</g>";
}

fn text(out: &mut String, drawn: &DrawnText, more: &str) {
    let font = match drawn.font {
        Font::Title => "title",
        Font::Head => "head",
        Font::Name => "name",
        Font::Code => "code",
        Font::Plain | Font::Label => "",
    };
    let classes: Vec<&str> =
        [font, if drawn.muted { "muted" } else { "" }, more].into_iter().filter(|class| !class.is_empty()).collect();
    let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
    let anchor = if drawn.centered { " text-anchor=\"middle\"" } else { "" };
    let turned = if drawn.vertical { format!(" transform=\"rotate(-90 {} {})\"", drawn.at.x, drawn.at.y) } else { String::new() };
    let _ = write!(out, "<text{class} x=\"{}\" y=\"{}\"{anchor}{turned}>{}</text>", drawn.at.x, drawn.at.y, escaped(&drawn.text));
    out.push('\n');
}

fn family_class(family: Family) -> &'static str {
    match family {
        Family::Outside => "f-out",
        Family::Network => "f-net",
        Family::Core => "f-core",
        Family::Edge => "f-edge",
        Family::Voice => "f-voice",
        Family::Support => "f-support",
        Family::People => "f-people",
        Family::Site => "f-site",
    }
}

fn state_class(state: State) -> &'static str {
    match state {
        State::Sound => "",
        State::Down => " down",
        State::Weak => " weak",
        State::Lost => " lost",
    }
}

fn line_class(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Joins => "joins",
        LineKind::Attached => "attached",
        LineKind::Wan => "wan",
        LineKind::Trunk => "trunk",
        LineKind::Relation => "relation",
        LineKind::Tcp => "tcp",
        LineKind::Udp => "udp",
        LineKind::Both => "both",
    }
}

/// Text of a stranger as text, in elements and attributes. What XML cannot hold is a box.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\n' => out.push('\n'),
            c if crate::text::is_unprintable(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
