//! Topologies from files, folders and standard input.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::name::{checked_name, display_name};
use super::{FileError, walk};
use crate::text::SourceMap;

/// The path that means standard input.
pub const STDIN: &str = "-";

/// No topology file is larger; what is, is no topology.
pub const MAX_FILE_SIZE: u64 = 16 * 1024 * 1024;

/// No topology has more bytes, or more files: findings in so much text are of no use.
const MAX_TOPOLOGY_SIZE: u64 = 48 * 1024 * 1024;

/// See [`MAX_TOPOLOGY_SIZE`].
pub(super) const MAX_FILES: usize = 20_000;

/// No zone file of names that people keep is larger.
const MAX_ZONE_SIZE: u64 = 256 * 1024 * 1024;

/// Reads one topology: a file, all `.ocstopo` files below a folder, or standard input under the name `stdin_name`.
pub fn read_topology(path: &Path, stdin_name: &str) -> Result<SourceMap, Vec<FileError>> {
    let paths = file_paths(path)?;
    let files = texts(&display_name(path), &paths, |file| read_file(file, stdin_name))?;
    Ok(SourceMap::new(files).below(folder_of(path, path.is_dir())))
}

/// Reads one topology of files and folders. A file that cannot be read has no text, and the reason is beside the files; if none can be
/// read, that is all.
pub fn read_readable(paths: &[PathBuf], stdin_name: &str) -> Result<(SourceMap, Vec<FileError>), Vec<FileError>> {
    let mut files = BTreeSet::new();
    for path in paths {
        files.extend(file_paths(path)?);
    }
    let files: Vec<PathBuf> = files.into_iter().collect();
    let unread = RefCell::new(Vec::new());
    let read = |file: &PathBuf| {
        read_file(file, stdin_name).or_else(|error| {
            // A name that cannot be shown is an error of all.
            let name = checked_name(display_name(file))?;
            unread.borrow_mut().push(FileError::new(name.clone(), error.problem));
            Ok((name, String::new()))
        })
    };
    let first = paths.first().map_or(Path::new("."), PathBuf::as_path);
    let texts = texts(&display_name(first), &files, read)?;
    let unread = unread.into_inner();
    if unread.len() == texts.len() {
        return Err(unread);
    }
    let folder = folder_of(first, first.is_dir());
    let together = paths.iter().all(|path| folder_of(path, path.is_dir()) == folder);
    Ok((SourceMap::new(texts).below(if together { folder } else { String::new() }), unread))
}

/// Names and texts of the files of the topology `name`, of which none may have too many or too large ones.
pub(super) fn texts<F>(
    name: &str,
    files: &[F],
    read: impl Fn(&F) -> Result<(String, String), FileError>,
) -> Result<Vec<(String, String)>, Vec<FileError>> {
    let refused = |problem: String| Err(vec![FileError::new(name, problem)]);
    let way_out = "is there something else in this folder? Describe the deployment in several topologies";
    if files.len() > MAX_FILES {
        return refused(format!("more than {MAX_FILES} `.ocstopo` files; {way_out}"));
    }
    let (mut texts, mut errors) = (Vec::new(), Vec::new());
    let mut size = 0;
    for file in files {
        match read(file) {
            Ok(file) => {
                size += file.1.len() as u64;
                texts.push(file);
            }
            Err(error) => errors.push(error),
        }
        if size > MAX_TOPOLOGY_SIZE {
            return refused(format!("its files are larger than {} MiB together; {way_out}", MAX_TOPOLOGY_SIZE >> 20));
        }
    }
    if errors.is_empty() { Ok(texts) } else { Err(errors) }
}

/// What the names of the files of a topology begin with: its folder, or the folder of its only file.
pub(super) fn folder_of(path: &Path, is_folder: bool) -> String {
    let folder = if is_folder { Some(path) } else { path.parent() };
    match folder.map(display_name) {
        Some(name) if !matches!(name.as_str(), "" | ".") => format!("{}/", name.trim_end_matches('/')),
        _ => String::new(),
    }
}

/// Reads zone files, each under its name. Their comments are often in an old character set, and all else in them is ASCII: what
/// is no UTF-8 is taken for Latin-1.
pub fn read_zone_files(paths: &[PathBuf]) -> Result<Vec<(String, String)>, Vec<FileError>> {
    let mut errors = Vec::new();
    let mut files = Vec::new();
    for path in paths {
        match read_zone_file(path) {
            Ok(file) => files.push(file),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(files) } else { Err(errors) }
}

fn read_zone_file(path: &Path) -> Result<(String, String), FileError> {
    let name = checked_name(display_name(path))?;
    let file = open(path)?;
    let bytes = bounded(&name, file, MAX_ZONE_SIZE, "is this a zone file?")?;
    let latin = |bytes: Vec<u8>| bytes.into_iter().map(char::from).collect();
    let text = String::from_utf8(bytes).unwrap_or_else(|error| latin(error.into_bytes()));
    Ok((name, text))
}

/// How many other files of a topology are in the folder of a file, and that folder; `None` for a folder or standard input.
pub fn beside(path: &Path) -> Option<(usize, PathBuf)> {
    if path == Path::new(STDIN) || path.is_dir() {
        return None;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (files, _) = walk::files(folder, "ocstopo");
    let others = files.iter().filter(|file| file.file_name() != path.file_name() || file.parent() != path.parent());
    Some((others.count(), folder.to_owned()))
}

/// The files of `path`: itself, or all `.ocstopo` files below it.
pub fn file_paths(path: &Path) -> Result<Vec<PathBuf>, Vec<FileError>> {
    if path == Path::new(STDIN) {
        return Ok(vec![path.to_owned()]);
    }
    let kind = fs::metadata(path).map_err(|error| vec![FileError::system(path, "cannot read this", &error)])?;
    if !kind.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let (files, errors) = walk::files(path, "ocstopo");
    if !errors.is_empty() {
        return Err(errors);
    }
    if files.is_empty() {
        let problem = "no `.ocstopo` file in this folder or below it; pass the file or folder of a topology";
        return Err(vec![FileError::new(display_name(path), problem)]);
    }
    Ok(files)
}

/// What files of certificates end with.
const CERTIFICATES: [&str; 4] = ["cer", "crt", "der", "pem"];

/// The file `path`, or all files of certificates below it.
pub fn certificate_paths(path: &Path) -> Result<Vec<PathBuf>, Vec<FileError>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let (files, errors): (Vec<_>, Vec<_>) = CERTIFICATES.map(|ending| walk::files(path, ending)).into_iter().unzip();
    let (files, mut errors): (Vec<PathBuf>, Vec<FileError>) = (files.concat(), errors.concat());
    errors.dedup();
    match (files.is_empty(), errors.is_empty()) {
        (_, false) => Err(errors),
        (true, true) => {
            let problem = "no certificate in this folder or below it: their files end with `.cer`, `.crt`, `.der` or `.pem`";
            Err(vec![FileError::new(display_name(path), problem)])
        }
        (false, true) => Ok(files),
    }
}

/// The files of `path`, by the names that a topology read from it gives them.
pub fn named_paths(path: &Path) -> Result<BTreeMap<String, PathBuf>, Vec<FileError>> {
    Ok(file_paths(path)?.into_iter().map(|path| (display_name(&path), path)).collect())
}

/// Name and text of one file; a byte order mark is kept, the parser knows it.
pub(super) fn read_file(path: &Path, stdin_name: &str) -> Result<(String, String), FileError> {
    if path == Path::new(STDIN) {
        let name = checked_name(stdin_name.to_owned())?;
        let text = read_text(&name, io::stdin().lock())?;
        return Ok((name, text));
    }
    let name = checked_name(display_name(path))?;
    let file = open(path)?;
    let text = read_text(&name, file)?;
    Ok((name, text))
}

/// Name and bytes of a file that is no topology, or of standard input.
pub fn read_bytes(path: &Path, stdin_name: &str) -> Result<(String, Vec<u8>), FileError> {
    if path == Path::new(STDIN) {
        let name = checked_name(stdin_name.to_owned())?;
        let bytes = bounded(&name, io::stdin().lock(), MAX_FILE_SIZE, "no such file is as large")?;
        return Ok((name, bytes));
    }
    let name = checked_name(display_name(path))?;
    let file = open(path)?;
    let bytes = bounded(&name, file, MAX_FILE_SIZE, "no such file is as large")?;
    Ok((name, bytes))
}

/// Opens a regular file; to open a pipe or a device could wait for ever.
fn open(path: &Path) -> Result<File, FileError> {
    let failed = |error: &io::Error| FileError::system(path, "cannot open this file", error);
    if !fs::metadata(path).map_err(|error| failed(&error))?.is_file() {
        return Err(FileError::new(display_name(path), "is not a regular file; to read a pipe, pass `-` for standard input"));
    }
    File::open(path).map_err(|error| failed(&error))
}

fn read_text(name: &str, reader: impl Read) -> Result<String, FileError> {
    let bytes = bounded(name, reader, MAX_FILE_SIZE, "divide the topology into several files")?;
    text(bytes).map_err(|problem| FileError::new(name, problem))
}

/// The text of a file's bytes, or where they are no UTF-8.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| not_utf8(error.as_bytes(), error.utf8_error().valid_up_to()))
}

fn bounded(name: &str, reader: impl Read, most: u64, way_out: &str) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    reader
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| FileError::system(Path::new(name), "cannot read this file", &error))?;
    if bytes.len() as u64 > most {
        return Err(FileError::new(name, format!("larger than {} MiB; {way_out}", most >> 20)));
    }
    Ok(bytes)
}

fn not_utf8(bytes: &[u8], offset: usize) -> String {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return "UTF-8 expected, this is UTF-16; save the file as UTF-8".to_owned();
    }
    let line = bytes[..offset].iter().filter(|byte| **byte == b'\n').count() + 1;
    let byte = bytes.get(offset).copied().unwrap_or_default();
    format!("UTF-8 expected, found byte 0x{byte:02X} at offset {offset} (line {line}); save the file as UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            #[expect(clippy::disallowed_methods)]
            fs::write(path, content).unwrap();
        }
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let map = read_topology(folder, "stdin").unwrap();
        map.files().map(|(_, file)| file.name().strip_prefix(&format!("{}/", folder.display())).unwrap().to_owned()).collect()
    }

    fn problem(path: &Path) -> String {
        let errors = read_topology(path, "stdin").unwrap_err();
        errors.iter().map(|error| error.problem.as_str()).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_folder_is_all_files_below_it() {
        let folder = folder(&[
            ("b.ocstopo", b""),
            ("a/z.ocstopo", b""),
            (".git/hidden.ocstopo", b""),
            ("out/c.ocstopo", b""),
            ("readme.md", b"\xff"),
            ("old.ocstopo.bak", b"\xff"),
        ]);
        assert_eq!(names(folder.path()), [".git/hidden.ocstopo", "a/z.ocstopo", "b.ocstopo", "out/c.ocstopo"]);
    }

    #[test]
    fn an_empty_folder_is_an_error() {
        let folder = folder(&[("topology.txt", b"")]);
        insta::assert_snapshot!(problem(folder.path()), @"no `.ocstopo` file in this folder or below it; pass the file or folder of a topology");
    }

    #[test]
    fn a_missing_path_is_an_error() {
        insta::assert_snapshot!(problem(Path::new("/nowhere/at/all")), @"cannot read this: no such file or directory");
    }

    #[test]
    fn all_bad_files_are_named() {
        let folder = folder(&[("a.ocstopo", b"x\ny\xe9"), ("b.ocstopo", b"\xff\xfea\0"), ("c.ocstopo", b"\xf0\x9f")]);
        let errors = read_topology(folder.path(), "stdin").unwrap_err();
        let text: Vec<_> = errors.iter().map(|error| error.problem.as_str()).collect();
        insta::assert_snapshot!(text.join("\n"), @r"
        UTF-8 expected, found byte 0xE9 at offset 3 (line 2); save the file as UTF-8
        UTF-8 expected, this is UTF-16; save the file as UTF-8
        UTF-8 expected, found byte 0xF0 at offset 0 (line 1); save the file as UTF-8
        ");
    }

    #[test]
    fn size_of_all_files_is_bounded() {
        let folder = folder(&[]);
        for n in 0..4 {
            File::create(folder.path().join(format!("{n}.ocstopo")))
                .unwrap()
                .set_len(MAX_TOPOLOGY_SIZE / 4 + u64::from(n == 3))
                .unwrap();
        }
        assert!(problem(folder.path()).contains("larger than 48 MiB together"));
    }

    #[test]
    fn size_is_bounded() {
        let folder = folder(&[]);
        let path = folder.path().join("big.ocstopo");
        File::create(&path).unwrap().set_len(MAX_FILE_SIZE + 1).unwrap();
        assert!(problem(&path).starts_with("larger than 16 MiB"));
        File::create(&path).unwrap().set_len(MAX_FILE_SIZE).unwrap();
        assert!(read_topology(&path, "stdin").is_ok());
    }

    #[test]
    fn a_byte_order_mark_is_kept() {
        let folder = folder(&[("a.ocstopo", b"\xef\xbb\xbfx")]);
        let map = read_topology(folder.path(), "stdin").unwrap();
        assert_eq!(map.files().next().unwrap().1.text(), "\u{feff}x");
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_loop_and_do_not_leave() {
        use std::os::unix::fs::symlink;
        let outside = folder(&[("secret", b"key")]);
        let folder = folder(&[("site/a.ocstopo", b"")]);
        symlink(folder.path(), folder.path().join("site/loop")).unwrap();
        symlink("..", folder.path().join("site/up")).unwrap();
        symlink("/", folder.path().join("site/root")).unwrap();
        symlink("site", folder.path().join("again")).unwrap();
        symlink("site/a.ocstopo", folder.path().join("b.ocstopo")).unwrap();
        symlink("nowhere", folder.path().join("broken")).unwrap();
        assert_eq!(names(folder.path()), ["site/a.ocstopo"]);

        symlink(outside.path().join("secret"), folder.path().join("c.ocstopo")).unwrap();
        assert!(problem(folder.path()).contains("a place outside the folder"));
        fs::remove_file(folder.path().join("c.ocstopo")).unwrap();
        symlink(outside.path(), folder.path().join("shared")).unwrap();
        assert!(problem(folder.path()).contains("a place outside the folder"));
    }

    #[cfg(unix)]
    #[test]
    fn a_name_cannot_begin_a_line() {
        let folder = folder(&[("a\nb.ocstopo", b"")]);
        assert!(problem(folder.path()).contains("control characters"));
    }

    #[test]
    fn names_are_relative_with_slashes() {
        let here = fs::canonicalize(".").unwrap();
        assert_eq!(display_name(&here.join("a/b.ocstopo")), "a/b.ocstopo");
        assert_eq!(display_name(Path::new("./a/./b.ocstopo")), "a/b.ocstopo");
        assert_eq!(display_name(Path::new("../a.ocstopo")), "../a.ocstopo");
        assert_eq!(display_name(Path::new(".")), ".");
        assert_eq!(display_name(Path::new("/etc/x")), "/etc/x");
    }
}
