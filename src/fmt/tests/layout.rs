//! The layout as users see it.

use super::formatted;
#[test]
fn play() {
    let sample = std::fs::read_to_string("/tmp/sample.ocstopo").unwrap();
    let f = formatted(&sample);
    std::fs::write("/tmp/sample.fmt", &f).unwrap();
    assert_eq!(f, formatted(&f));
}
