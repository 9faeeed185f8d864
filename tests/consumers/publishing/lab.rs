//! A reverse proxy in a network namespace: nginx reads the emitted file as it is, from where it says, with certificates that live
//! as long as the test; web servers inside are another nginx.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use ocstopo::plan::publishing::{Proxy, Site};
use tempfile::TempDir;

use crate::publishing::World;
use crate::support::kernel::Namespace;
use crate::support::running::Running;
use crate::support::{both, run, succeed, text};

/// How long a program may take to start or to answer.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Mounts the folders of the test where nginx expects them, for this one process and its children, and becomes the rest of its
/// arguments.
const MOUNTED: &str = r#"
set -e
mount --bind "$1/nginx" /etc/nginx
mount --bind "$1/run" /run
mount --bind "$1/log" /var/log/nginx
mount --bind "$1/lib" /var/lib/nginx
shift
exec "$@"
"#;

/// The proxy's machine, and all that it can reach.
pub struct Lab {
    namespace: Namespace,
    folder: TempDir,
}

impl Lab {
    /// With the certificates of a world's requests, or with any that nginx can load.
    pub fn new(proxy: &Proxy, requests: Option<&World>) -> Self {
        let lab = Self { namespace: Namespace::new(), folder: tempfile::tempdir().unwrap() };
        for folder in ["nginx/ocstopo/authorities", "run", "log", "lib"] {
            std::fs::create_dir_all(lab.path(folder)).unwrap();
        }
        // Paths outside /etc/nginx are mounted over an empty folder, and files of nginx are removed with the test.
        lab.authority("public");
        lab.authority("inside");
        lab.authority("stranger");
        let inside = proxy.sites.iter().flat_map(|site| &site.upstream.addresses);
        let addresses = proxy.sockets.iter().map(|socket| socket.ip()).chain(inside);
        let addresses: std::collections::BTreeSet<_> = addresses.collect();
        lab.ip("link set lo up");
        for address in addresses {
            lab.ip(&format!("addr add {address}/32 dev lo"));
        }
        for site in &proxy.sites {
            let slug = &site.certificate.as_ref().unwrap().slug;
            let to = lab.path(&format!("nginx/ocstopo/{slug}"));
            if !to.exists() {
                std::fs::create_dir(&to).unwrap();
                let request = requests.map(|world| world.file(&format!("pki/{slug}/{slug}.cnf")));
                lab.issue("public", request.unwrap_or(&plain("proxy.example")), &to.join("certificate.pem"), &to.join("key.pem"));
            }
            let root = lab.path(&format!("nginx/ocstopo/authorities/{}.pem", site.upstream.authority.as_deref().unwrap()));
            std::fs::copy(lab.path("inside.pem"), root).unwrap();
        }
        lab
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn ip(&self, arguments: &str) {
        let said = self.namespace.command("ip").args(arguments.split(' ')).output().unwrap();
        assert!(said.status.success(), "ip {arguments}: {}", both(&said));
    }

    /// A program on the proxy's machine.
    pub fn command(&self, program: &str) -> Command {
        self.namespace.command(program)
    }

    /// nginx, which finds the folders of the test where it looks.
    fn nginx(&self, arguments: &[&str]) -> Command {
        run("nginx", &["-v"]);
        let mut command = self.namespace.command("sh");
        command.args(["-c", MOUNTED, "sh", text(self.folder.path()), "nginx"]).args(arguments);
        command
    }

    /// A certification authority.
    fn authority(&self, name: &str) {
        let (key, certificate) = (self.path(&format!("{name}.key")), self.path(&format!("{name}.pem")));
        let subject = format!("/CN={name}");
        let new = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj"];
        succeed("openssl", &[&new[..], &[&subject, "-keyout", text(&key), "-out", text(&certificate)]].concat());
    }

    /// A certificate of a request.
    fn issue(&self, authority: &str, request: &str, certificate: &Path, key: &Path) {
        let (config, signing) = (self.path("request.cnf"), self.path("request.csr"));
        std::fs::write(&config, request).unwrap();
        let new = ["req", "-new", "-config", text(&config), "-newkey", "rsa:2048", "-nodes", "-keyout", text(key)];
        succeed("openssl", &[&new[..], &["-out", text(&signing)]].concat());
        let (ca, ca_key) = (self.path(&format!("{authority}.pem")), self.path(&format!("{authority}.key")));
        let sign = ["x509", "-req", "-in", text(&signing), "-CA", text(&ca), "-CAkey", text(&ca_key), "-sha256", "-days", "2"];
        succeed("openssl", &[&sign[..], &["-copy_extensions", "copyall", "-out", text(certificate)]].concat());
    }

    /// nginx takes the configuration, without a word of warning.
    pub fn accepts(&self, conf: &str) {
        std::fs::write(self.path("nginx/nginx.conf"), conf).unwrap();
        let said = self.nginx(&["-t"]).output().unwrap();
        let words = both(&said);
        assert!(said.status.success() && !words.contains("[warn]") && words.contains("test is successful"), "{words}\n{conf}");
    }

    /// Starts the proxy with its configuration.
    pub fn start(&self, conf: &str) -> Running {
        self.accepts(conf);
        self.running(&["-g", "daemon off;"], "run/nginx.pid")
    }

    /// Starts web servers inside, each with the name that the proxy expects, by the authority that is given; they answer with
    /// their path in the topology, the requested host and the address.
    pub fn web_servers(&self, sites: &[Site], authority: &str) -> Running {
        let mut conf =
            "worker_processes 1; pid /run/inside.pid; error_log /var/log/nginx/inside.log;\nevents { }\nhttp { access_log off; client_max_body_size 0;\n".to_owned();
        for site in sites {
            let name = site.upstream.name.as_ref().unwrap().as_str();
            let (certificate, key) =
                (self.path(&format!("nginx/{}.pem", site.label)), self.path(&format!("nginx/{}.key", site.label)));
            self.issue(authority, &plain(name), &certificate, &key);
            for address in &site.upstream.addresses {
                conf += &format!(
                    "server {{ listen {address}:{} ssl; ssl_certificate /etc/nginx/{label}.pem; ssl_certificate_key /etc/nginx/{label}.key; \
                     return 200 \"{} $host $request_uri\"; }}\n",
                    site.upstream.port,
                    site.path,
                    label = site.label
                );
            }
        }
        std::fs::write(self.path("nginx/inside.conf"), conf + "}\n").unwrap();
        self.running(&["-c", "/etc/nginx/inside.conf", "-g", "daemon off;"], "run/inside.pid")
    }

    fn running(&self, arguments: &[&str], pid: &str) -> Running {
        let log = std::fs::File::create(self.path("nginx.said")).unwrap();
        let child = self.nginx(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let mut running = Running::new(child);
        let begun = Instant::now();
        // The file is written when all sockets are open.
        while !std::fs::read_to_string(self.path(pid)).is_ok_and(|text| !text.is_empty()) {
            let ended = running.has_ended();
            let said = || std::fs::read_to_string(self.path("nginx.said")).unwrap_or_default();
            assert!(!ended && begun.elapsed() < PATIENCE, "nginx does not start: {}", said());
            std::thread::sleep(Duration::from_millis(10));
        }
        running
    }
}

/// A request for one name.
fn plain(name: &str) -> String {
    format!(
        "[ req ]\nprompt = no\ndistinguished_name = subject\nreq_extensions = extensions\n[ subject ]\nCN = {name}\n\
         [ extensions ]\nsubjectAltName = DNS:{name}\n"
    )
}
