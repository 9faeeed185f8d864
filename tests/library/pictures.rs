//! The geometry of pictures, as laws: no box on another, no text on another or outside, no line through a box or a text, the same
//! bytes for the same topology, and what moves where a server is added. All views, all examples, generated topologies.

use std::collections::BTreeMap;

use ocstopo::compile::{CompileOptions, Compiled, compile};
use ocstopo::diagram::{Drawing, DrawnText, Frame, LineKind, NodeId, Picture, Rect, layout};
use ocstopo::emit::diagram::{FORMS, svg};
use ocstopo::query::diagram::{MOST_BOXES, Question, Style, VIEWS, ask, overview};
use ocstopo::text::SourceMap;

use crate::generator;
use crate::support::EXAMPLES;
use crate::support::root;
use crate::support::small_topology::standard_edition;
use crate::support::topologies::{Files, compiled_example, files};

/// The pictures of a topology, by the question: each view, of all sites and of some alone, each feature, and some paths.
fn pictures(compiled: &Compiled) -> Vec<(String, Picture)> {
    let plans = compiled.plans().unwrap();
    let topology = plans.topology;
    let style = Style { note: Some("SAMPLE"), places: true, links: true, ..Style::default() };
    let mut questions: Vec<(String, Question<'_>)> = Vec::new();
    let sites: Vec<&str> = topology.sites.iter().map(|site| site.name.as_str()).collect();
    let some = [0, sites.len() / 2, sites.len() - 1].map(|at| sites[at]);
    for view in VIEWS {
        questions.push((view.word.to_owned(), Question { view: Some(view), ..Question::default() }));
        for site in some.into_iter().filter(|_| view.word != "overview") {
            questions.push((
                format!("{} of {site}", view.word),
                Question { view: Some(view), site: Some(site), ..Question::default() },
            ));
        }
    }
    let features = topology.organization.features.iter().map(|(feature, _)| feature.word()).chain(["im_presence"]);
    // One of many sites has the same connections as another.
    let features: Vec<&str> =
        features.filter(|word| sites.len() <= 20 || *word == "im_presence" || *word == "enterprise_voice").collect();
    for feature in &features {
        for view in VIEWS.into_iter().filter(|view| ["overview", "perimeter", "voice"].contains(&view.word)) {
            let question = Question { view: Some(view), feature: Some(feature), ..Question::default() };
            questions.push((format!("{} with {feature}", view.word), question));
        }
        questions.push((
            format!("{feature} of {}", some[1]),
            Question { site: Some(some[1]), feature: Some(feature), ..Question::default() },
        ));
    }
    let ends: Vec<&str> = topology
        .by_path
        .keys()
        .map(String::as_str)
        .filter(|path| path.ends_with("edge") || path.ends_with("pool01") || path.ends_with("clients"))
        .take(4)
        .collect();
    let paths: Vec<String> = ends
        .iter()
        .flat_map(|from| ends.iter().map(move |to| format!("{from} {to}")))
        .chain([format!("internet {}", ends[0])])
        .collect();
    questions.extend(paths.iter().map(|path| (format!("path {path}"), Question { path: Some(path), ..Question::default() })));
    let paths_of = |kinds: [Option<&String>; 2]| kinds.into_iter().flatten().map(|path| vec![path.clone()]).collect::<Vec<_>>();
    let outages = paths_of([topology.firewalls.first().map(|one| &one.path), topology.groups.first().map(|one| &one.path)]);
    for fail in &outages {
        questions.push((format!("{} down", fail[0]), Question { fail, ..Question::default() }));
        questions
            .push((format!("{} down, of {}", fail[0], some[0]), Question { fail, site: Some(some[0]), ..Question::default() }));
    }
    let mut drawn = Vec::new();
    for (name, question) in questions {
        match ask(plans, &question, style) {
            Ok(picture) => drawn.push((name, picture)),
            Err(error) => assert!(question.view.is_some() || question.feature.is_some(), "{name}: {error}"),
        }
    }
    assert!(drawn.len() > 10, "{}", drawn.len());
    drawn
}

fn generated(sites: usize) -> Compiled {
    compile(SourceMap::new(generator::files(sites)), &CompileOptions::default())
}

/// Where each text of a drawing is; labels of lines last.
fn texts(drawing: &Drawing) -> Vec<&DrawnText> {
    let captions = drawing.bands.iter().chain(&drawing.sites).flat_map(|caption| &caption.texts);
    let boxes = drawing.boxes.iter().flat_map(|drawn| &drawn.texts);
    let around = drawing.heading.iter().chain(drawing.legend.iter().map(|mark| &mark.text)).chain(&drawing.notes);
    let labels = drawing.lines.iter().filter_map(|line| line.label.as_ref());
    captions.chain(boxes).chain(around).chain(labels).collect()
}

/// All breaches of the laws in a picture.
fn breaches(picture: &Picture, drawing: &Drawing) -> Vec<String> {
    let mut found = Vec::new();
    let whole = Rect { x: 0, y: 0, width: drawing.width, height: drawing.height };
    let name = |node: NodeId| &picture.node(node).id;
    for (at, drawn) in drawing.boxes.iter().enumerate() {
        if !whole.contains(drawn.area) {
            found.push(format!("{} is outside", name(drawn.node)));
        }
        for text in &drawn.texts {
            if !drawn.area.contains(text.area) {
                found.push(format!("`{}` is not in {}", text.text, name(drawn.node)));
            }
        }
        for other in &drawing.boxes[at + 1..] {
            let nested = drawn.frame == Frame::Around && drawn.area.contains(other.area);
            if drawn.area.overlaps(other.area) && !nested {
                found.push(format!("{} is on {}", name(drawn.node), name(other.node)));
            }
        }
    }
    let texts = texts(drawing);
    for (at, text) in texts.iter().enumerate() {
        if !whole.contains(text.area) {
            found.push(format!("`{}` is outside", text.text));
        }
        for other in &texts[at + 1..] {
            if text.area.overlaps(other.area) {
                found.push(format!("`{}` is on `{}`", text.text, other.text));
            }
        }
    }
    found.extend(lines(picture, drawing));
    found
}

type Span = (i32, i32, usize);

fn lines(picture: &Picture, drawing: &Drawing) -> Vec<String> {
    let mut found = Vec::new();
    let texts = texts(drawing);
    // From where to where which line runs, by direction and place.
    let mut taken: BTreeMap<(bool, i32), Vec<Span>> = BTreeMap::new();
    for (at, line) in drawing.lines.iter().enumerate() {
        let about = &picture.lines[line.line];
        let what = format!("{:?} {:?} -> {:?}", about.kind, about.from, about.to);
        let ends: Vec<NodeId> = about.from.iter().chain(&about.to).copied().collect();
        if line.segments.is_empty() {
            found.push(format!("{what} is not drawn"));
        }
        for segment in &line.segments {
            let area = segment.area();
            for drawn in drawing.boxes.iter().filter(|drawn| !ends.contains(&drawn.node) && drawn.area.overlaps(area)) {
                let passes = match drawn.frame {
                    Frame::Around | Frame::Bar => true,
                    Frame::Wall => about.walls.contains(&drawn.node) || about.kind == LineKind::Relation,
                    Frame::Card => false,
                };
                if !passes {
                    found.push(format!("{what} goes through {}", picture.node(drawn.node).id));
                }
            }
            for text in texts.iter().filter(|text| text.area.overlaps(area)) {
                if line.label.as_ref() != Some(text) {
                    found.push(format!("{what} goes through `{}`", text.text));
                }
            }
            let span = if segment.is_horizontal() {
                ((true, segment.from.y), (segment.from.x, segment.to.x, at))
            } else {
                ((false, segment.from.x), (segment.from.y, segment.to.y, at))
            };
            taken.entry(span.0).or_default().push(span.1);
        }
        let touches = |node: &NodeId| {
            let area = drawing.boxes.iter().find(|drawn| drawn.node == *node).map(|drawn| drawn.area.grown(1));
            line.segments.iter().any(|segment| area.is_some_and(|area| area.overlaps(segment.area())))
        };
        found.extend(
            ends.iter().filter(|end| !touches(end)).map(|end| format!("{what} does not reach {}", picture.node(*end).id)),
        );
        if about.kind.is_directed() && line.arrows.len() < about.to.len() {
            found.push(format!("{what} has no arrow"));
        }
    }
    for spans in taken.values_mut() {
        spans.sort_unstable();
        for pair in spans.windows(2) {
            if pair[0].2 != pair[1].2 && pair[1].0 <= pair[0].1 {
                found.push(format!("{:?} lies on {:?}", drawing.lines[pair[0].2].line, drawing.lines[pair[1].2].line));
            }
        }
    }
    found
}

fn judge(topology: &str, compiled: &Compiled) {
    for (view, picture) in pictures(compiled) {
        let drawing = layout(&picture);
        let found = breaches(&picture, &drawing);
        assert!(found.is_empty(), "{topology}, {view}: {found:#?}");
        assert!(picture.nodes.len() <= MOST_BOXES, "{topology}, {view}: {} boxes", picture.nodes.len());
        let seated = drawing.boxes.len();
        assert_eq!(seated, picture.nodes.len(), "{topology}, {view}: boxes that are not drawn");
        let most = if view.contains("with") || view.contains("of") { 1500 } else { 1300 };
        assert!(drawing.width <= most, "{topology}, {view}: {} wide", drawing.width);
    }
}

#[test]
fn pictures_of_all_examples_keep_the_laws() {
    for example in EXAMPLES {
        judge(example, &compiled_example(example));
    }
}

#[test]
fn pictures_of_generated_topologies_keep_the_laws() {
    for sites in [1, 2, 3, 5, 20, 60, 200] {
        judge(&format!("{sites} sites"), &generated(sites));
    }
}

#[test]
fn files_in_another_order_give_the_same_bytes() {
    let mut example = files(&root().join("examples/contoso"));
    let drawn = |files: &Files| {
        let compiled = compile(SourceMap::new(files.clone()), &CompileOptions::default());
        pictures(&compiled).into_iter().map(|(_, picture)| svg::file(&picture)).collect::<Vec<_>>()
    };
    let first = drawn(&example);
    assert_eq!(first, drawn(&example));
    example.reverse();
    assert_eq!(first, drawn(&example));
}

/// Where the boxes of a picture are, by path.
fn seats(text: &str) -> BTreeMap<String, Rect> {
    let mut files = files(&root().join("examples/contoso"));
    if let Some((from, to)) = text.split_once(" => ") {
        let (_, text) = files.iter_mut().find(|(_, text)| text.contains(from)).unwrap();
        *text = text.replacen(from, to, 1);
    }
    let compiled = compile(SourceMap::new(files), &CompileOptions::default());
    assert!(!compiled.has_errors(), "{:#?}", compiled.diags);
    let picture = overview(compiled.plans().unwrap(), Style::default());
    layout(&picture).boxes.iter().map(|drawn| (picture.node(drawn.node).id.clone(), drawn.area)).collect()
}

#[test]
fn an_additional_server_moves_nothing_in_other_sites() {
    let before = seats("");
    let moved = |edit: &str| -> Vec<String> {
        let after = seats(edit);
        before.iter().filter(|(id, area)| after.get(*id) != Some(*area)).map(|(id, _)| id.clone()).collect()
    };
    let in_pool =
        moved("front_end fe[01..04] { address = 10.10.0.[11..14] } => front_end fe[01..05] { address = 10.10.0.[11..15] }");
    assert_eq!(in_pool, [""; 0]);
    let alone = moved(
        "exchange_um um01 { address = 10.10.0.80 => exchange_um um02 { address = 10.10.0.81  dial_plan = \"R\" }\n  exchange_um um01 { address = 10.10.0.80",
    );
    assert!(!alone.is_empty() && alone.iter().all(|id| id.starts_with("redmond.")), "{alone:#?}");
}

/// Every WAN link between sites that a picture shows is in it: of the site itself, and of its neighbours with each other.
#[test]
fn links_between_neighbours_are_drawn() {
    let names = ["a", "b", "c", "d", "far"];
    // All of the first four are joined with each other, and the last one with the hub alone, which has more links than any other.
    let joined = |from: &str, to: &str| to == "far" && from == "a" || to != "far" && from < to;
    let mut text = standard_edition();
    for (at, name) in names.iter().enumerate() {
        text += &format!("site {name} {{ users = 0  network lan {{ zone = internal  range = 10.20{at}.0.0/24 }} }}\n");
        for other in names[at + 1..].iter().filter(|other| joined(name, other)) {
            text += &format!("wan_link {name}-{other} {{ joins = [{name}.lan, {other}.lan]  bandwidth = 2Mbps }}\n");
        }
    }
    let compiled = compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text)]), &CompileOptions::default());
    let plans = compiled.plans().unwrap_or_else(|| panic!("{:#?}", compiled.diags));
    let view = VIEWS.into_iter().find(|view| view.word == "site");
    for site in names {
        let question = Question { view, site: Some(site), ..Question::default() };
        let picture = ask(plans, &question, Style::default()).unwrap();
        let name = |id: &NodeId| {
            let node = picture.node(*id);
            if node.name == "lan" { site.to_owned() } else { node.name.clone() }
        };
        let mut drawn: Vec<(String, String)> = Vec::new();
        for line in picture.lines.iter().filter(|line| line.kind == LineKind::Wan) {
            let pairs = line.from.iter().flat_map(|from| line.to.iter().map(|to| (name(from), name(to))));
            drawn.extend(pairs.map(|(from, to)| if from < to { (from, to) } else { (to, from) }));
        }
        drawn.sort();
        let near = |other: &str| other == site || joined(site, other) || joined(other, site);
        let all = names.iter().enumerate().flat_map(|(at, from)| names[at + 1..].iter().map(move |to| (*from, *to)));
        let expected: Vec<(String, String)> = all
            .filter(|(from, to)| near(from) && near(to) && joined(from, to))
            .map(|(from, to)| (from.to_owned(), to.to_owned()))
            .collect();
        assert_eq!(drawn, expected, "{site}");
    }
}

/// The picture of the documentation is the one that the program draws.
#[test]
fn the_picture_of_the_docs_is_current() {
    let compiled = compiled_example("contoso");
    let style = Style { note: Some(ocstopo::emit::SAMPLE), ..Style::default() };
    let drawn = svg::file(&overview(compiled.plans().unwrap(), style));
    let path = root().join("docs/pictures/contoso.svg");
    if std::env::var("INSTA_UPDATE").is_ok_and(|word| word == "always") {
        std::fs::write(&path, &drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(kept == drawn, "docs/pictures/contoso.svg is not what `ocstopo graph` draws: bash tests/update pictures");
}

/// Texts that would be markup, code or another reading direction where a form took them for its own.
const HOSTILE: &[&str] = &["<b>&\"'`|]]>", "</text><script>x()</script>", "{{ x }}", "a\u{202e}b", "\\N \"]; end"];

#[test]
fn hostile_names_are_text_in_every_form() {
    let plain = overview(compiled_example("contoso").plans().unwrap(), Style::default());
    let long = "x".repeat(200);
    for hostile in HOSTILE.iter().copied().chain([long.as_str()]) {
        let mut picture = plain.clone();
        let texts = |node: &mut ocstopo::diagram::Node| {
            for text in [&mut node.name, &mut node.tip, &mut node.about, &mut node.kind] {
                *text = hostile.to_owned();
            }
            node.facts = vec![hostile.to_owned()];
            node.addresses = vec![hostile.to_owned()];
            node.front = vec![hostile.to_owned()];
        };
        picture.nodes.iter_mut().for_each(texts);
        for line in &mut picture.lines {
            (line.label, line.tip) = (hostile.to_owned(), hostile.to_owned());
        }
        for site in &mut picture.sites {
            (site.title, site.tip, site.link) = (hostile.to_owned(), hostile.to_owned(), Some(hostile.to_owned()));
        }
        (picture.title, picture.note) = (hostile.to_owned(), Some(hostile.to_owned()));
        picture.notes = vec![hostile.to_owned()];
        let found = breaches(&picture, &layout(&picture));
        assert!(found.is_empty(), "{hostile}: {found:#?}");
        for form in FORMS {
            let text = (form.write)(&picture);
            assert!(!text.contains('\u{202e}'), "{}: {hostile}", form.word);
            // DOT and D2 have their strings between quotes; the two others are read as markup.
            let markup = ["svg", "mermaid"].contains(&form.word);
            assert!(!markup || !text.contains("<script") && !text.contains("<b>"), "{}: {hostile}", form.word);
        }
        // No text of it opens an element: those that open are of the form.
        let drawn = svg::file(&picture);
        let known = ["?xml", "svg", "title", "desc", "style", "rect", "text", "g", "a", "path", "circle"];
        for opened in drawn.split('<').skip(1) {
            let name: String =
                opened.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '?').collect();
            assert!(known.contains(&name.as_str()), "{hostile}: <{name}");
        }
        assert!(!drawn.contains("]]>") && !drawn.contains(" style=") && !drawn.contains(" on"), "{hostile}");
    }
}
