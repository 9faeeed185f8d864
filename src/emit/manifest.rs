//! `manifest.json`: every file of a build with its digest, who takes it and what it was made from; and where each declaration is.

use std::collections::BTreeMap;

use super::{Artifact, EmitContext, Team};
use crate::artifact::manifest::{File, Manifest, PATH, sha256};

/// The line of a file.
pub fn line(artifact: &Artifact) -> File {
    File {
        path: artifact.path.clone(),
        sha256: sha256(&artifact.bytes()),
        team: artifact.team.word().to_owned(),
        made_from: artifact.made_from.clone(),
    }
}

/// The manifest of all other files, in any order.
pub fn emit(mut files: Vec<File>, product: &str, places: BTreeMap<String, String>, cx: &EmitContext<'_>) -> Artifact {
    files.sort();
    let manifest = Manifest {
        note: cx.note().map(str::to_owned),
        tool: super::TOOL.to_owned(),
        organization: cx.organization.to_owned(),
        product: product.to_owned(),
        files,
        places,
    };
    let made_from = vec![cx.organization.to_owned()];
    Artifact { path: PATH.to_owned(), team: Team::Deployment, made_from, content: manifest.text() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::Templates;

    #[test]
    fn lists_every_file_sorted_and_reads_back() {
        let artifact = |path: &str, team, content: &str| Artifact {
            path: path.to_owned(),
            team,
            made_from: vec!["redmond.edge".to_owned()],
            content: content.to_owned(),
        };
        let templates = Templates::shipped();
        let places = BTreeMap::from([("redmond.edge".to_owned(), "redmond.ocstopo:74".to_owned())]);
        let cx = EmitContext { templates: &templates, sample: true, organization: "contoso" };
        let files = [artifact("b", Team::Pki, "abc"), artifact("a", Team::Dns, "")];
        let manifest = emit(files.map(|file| line(&file)).into(), "ocs_2007", places, &cx);
        let read: Manifest = serde_json::from_str(&manifest.content).expect("valid JSON");
        assert_eq!(read.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        let without_version = manifest.content.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        insta::assert_snapshot!(without_version, @r#"
        {
          "note": "SAMPLE: names and addresses of an example; not for use",
          "tool": "ocstopo VERSION",
          "organization": "contoso",
          "product": "ocs_2007",
          "files": [
            {"path":"a","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","team":"dns","made_from":["redmond.edge"]},
            {"path":"b","sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","team":"pki","made_from":["redmond.edge"]}
          ],
          "places": {
            "redmond.edge": "redmond.ocstopo:74"
          }
        }
        "#);
    }
}
