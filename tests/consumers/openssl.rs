//! Certificates from a topology to requests: what is planned, what is reported instead, and that openssl reads the same subject,
//! names and uses from the request that it makes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use crate::support::small_topology::{lines, plan_of, replaced, standard_edition};
use ocstopo::emit::{Artifact, EmitContext, pki};
use ocstopo::plan::certificate::{Certificate, CertificatePlan, CertificateProblem};
use ocstopo::plan::{self};
use ocstopo::text::one_line;
use proptest::prelude::*;

fn planned(text: &str) -> CertificatePlan {
    plan_of(text, plan::certificate::plan)
}

fn emitted(plan: &CertificatePlan) -> Vec<Artifact> {
    let templates = crate::support::templates();
    let cx = EmitContext { templates, sample: true, organization: "fabrikam" };
    pki::emit(plan, &cx).expect("shipped templates render")
}

fn file<'a>(artifacts: &'a [Artifact], path: &str) -> &'a str {
    let found = artifacts.iter().find(|artifact| artifact.path == path);
    &found.unwrap_or_else(|| panic!("no {path} among {:?}", artifacts.iter().map(|a| &a.path).collect::<Vec<_>>())).content
}

fn certificate<'a>(plan: &'a CertificatePlan, slug: &str) -> &'a Certificate {
    let found = plan.certificates.iter().find(|certificate| certificate.slug == slug);
    found.unwrap_or_else(|| panic!("no {slug} among {:?}", slugs(plan)))
}

fn slugs(plan: &CertificatePlan) -> Vec<&str> {
    plan.certificates.iter().map(|certificate| certificate.slug.as_str()).collect()
}

fn sans(certificate: &Certificate) -> Vec<&str> {
    certificate.sans.iter().map(|name| name.as_str()).collect()
}

fn openssl(arguments: &[&str], files: &[&Path]) -> Result<String, String> {
    let run = Command::new("openssl").args(arguments).args(files).output().expect("openssl is installed: see tests/run");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    if run.status.success() { Ok(text(run.stdout)) } else { Err(text(run.stderr)) }
}

/// A key for all requests of a test run; it never leaves the temporary folder.
static KEY: LazyLock<(tempfile::TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let key = folder.path().join("request.key");
    openssl(&["genrsa", "-out"], &[&key, Path::new("1024")]).expect("a key");
    (folder, key)
});

/// What a request holds, in the words of openssl.
#[derive(Debug, PartialEq)]
struct Request {
    subject: String,
    names: Vec<String>,
    uses: Vec<String>,
    extensions: usize,
}

/// The request that openssl makes of a configuration, without asking anything.
fn request(cnf: &str) -> Result<Request, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let (config, csr) = (folder.path().join("request.cnf"), folder.path().join("request.csr"));
    std::fs::write(&config, cnf).expect("written");
    openssl(&["req", "-new", "-batch", "-config"], &[&config, Path::new("-key"), &KEY.1, Path::new("-out"), &csr])?;
    let subject = openssl(&["req", "-noout", "-subject", "-nameopt", "RFC2253,-esc_msb,utf8", "-in"], &[&csr])?;
    let text = openssl(&["req", "-noout", "-text", "-verify", "-in"], &[&csr])?;
    let after = |title: &str| text.lines().skip_while(|line| !line.contains(title)).nth(1).unwrap_or_default().trim().to_owned();
    let list = |line: String| line.split(", ").filter(|item| !item.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    Ok(Request {
        subject: subject.trim_end_matches('\n').trim_start_matches("subject=").to_owned(),
        names: list(after("X509v3 Subject Alternative Name"))
            .iter()
            .map(|name| name.trim_start_matches("DNS:").to_owned())
            .collect(),
        uses: list(after("X509v3 Extended Key Usage")),
        extensions: text.matches("X509v3 ").count(),
    })
}

/// openssl makes every request of a plan, and it holds what certificates.csv says.
fn assert_requested(plan: &CertificatePlan) {
    let artifacts = emitted(plan);
    let table = file(&artifacts, "pki/certificates.csv");
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(table.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let mut rows = 0;
    for row in reader.records() {
        let row = row.expect("a row");
        let cell = |name: &str| row[header.iter().position(|head| head == name).expect("a column")].to_owned();
        let list = |name: &str| cell(name).split("; ").filter(|item| !item.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        let read = request(file(&artifacts, &format!("pki/{0}/{0}.cnf", cell("certificate")))).expect("a request");
        let uses: Vec<&str> = list("extended key usage oids")
            .iter()
            .map(|oid| match oid.as_str() {
                "1.3.6.1.5.5.7.3.1" => "TLS Web Server Authentication",
                "1.3.6.1.5.5.7.3.2" => "TLS Web Client Authentication",
                other => panic!("{other}"),
            })
            .collect();
        assert_eq!(
            (read.subject, read.names, read.uses),
            (cell("subject"), list("alternative names"), uses.into_iter().map(str::to_owned).collect())
        );
        rows += 1;
    }
    assert_eq!(rows, plan.certificates.len());
}

#[test]
fn requests_of_a_small_deployment() {
    let plan = planned(&standard_edition());
    assert_eq!(plan.problems, []);
    assert_eq!(
        slugs(&plan),
        [
            "office-edge-access-edge",
            "office-edge-av-authentication",
            "office-edge-internal",
            "office-edge-web-conferencing-edge",
            "office-ocs01-default",
            "office-rp-listener",
        ]
    );
    assert_requested(&plan);
    let artifacts = emitted(&plan);
    insta::assert_snapshot!(file(&artifacts, "pki/office-ocs01-default/office-ocs01-default.cnf"), @r"
    # SAMPLE: names and addresses of an example; not for use
    # Certificate office-ocs01-default of fabrikam: all roles of the Standard Edition server
    # C01 step 4 office.ocs01
    # Made by ocstopo; change the topology, not this file. The person who runs this command makes and keeps the key:
    #   openssl req -new -config office-ocs01-default.cnf -newkey rsa:2048 \
    #     -keyout office-ocs01-default.key -out office-ocs01-default.csr
    # It asks for a new passphrase of the key. office-ocs01-default.key stays on this computer until the answer is there; send office-ocs01-default.csr alone.
    # With the answer as office-ocs01-default.cer and the chain of the authority as chain.pem, both in PEM, make a PFX that Windows Server 2003 and
    # every later one reads (what openssl 3 writes by itself is refused up to Windows Server 2016, as a wrong password):
    #   openssl pkcs12 -export -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1 \
    #     -in office-ocs01-default.cer -inkey office-ocs01-default.key \
    #     -certfile chain.pem -out office-ocs01-default.pfx
    # The PFX contains the key. Carry it by hand to each of these computers, import it into the store of the computer account, then destroy it
    # and office-ocs01-default.key everywhere else:
    #   office.ocs01
    # On Windows Server 2008 and later: certutil -f -p PASSWORD -importPFX My office-ocs01-default.pfx NoExport
    # On Windows Server 2003: the console Certificates of the computer account, Personal, Import, key not exportable.

    [ req ]
    default_bits = 2048
    default_md = sha1
    prompt = no
    utf8 = yes
    string_mask = utf8only
    distinguished_name = subject
    req_extensions = extensions

    [ subject ]
    C = US
    ST = Washington
    L = Seattle
    O = Fabrikam Inc
    OU = IT
    CN = ocs01.fabrikam.net

    [ extensions ]
    keyUsage = critical, digitalSignature, keyEncipherment
    extendedKeyUsage = serverAuth
    subjectAltName = @names

    [ names ]
    DNS.1 = ocs01.fabrikam.net
    DNS.2 = sip.fabrikam.net
    ");
    insta::assert_snapshot!(file(&artifacts, "pki/office-ocs01-default/office-ocs01-default-2003.inf").replace("\r\n", "\n"), @r#"
    ; SAMPLE: names and addresses of an example; not for use
    ; Certificate office-ocs01-default of fabrikam: all roles of the Standard Edition server
    ; C01 step 4 office.ocs01
    ; Made by ocstopo; change the topology, not this file. For certreq of Windows Server 2003.
    ; On office.ocs01 run:
    ;   certreq -new office-ocs01-default-2003.inf office-ocs01-default.req
    ; Assign it to the web site of Web Components in IIS as well: the OCS wizard does not.
    ; The alternative names are sent as an attribute outside the request. A Windows authority accepts them only if EDITF_ATTRIBUTESUBJECTALTNAME2 is set.
    ; RISK: with that flag set, every account that may enrol there can get a certificate with any name, including the name of an administrator.
    ; Do not set it on an authority that issues for logon. Two other requests contain the names themselves and need no flag:
    ; office-ocs01-default.cnf for openssl, and on a later Windows office-ocs01-default-2008.inf. Submit either to a template that takes names from the request
    ; and waits for the approval of a manager.

    [Version]
    Signature = "$Windows NT$"

    [NewRequest]
    Subject = "CN=ocs01.fabrikam.net;OU=IT;O=Fabrikam Inc;L=Seattle;S=Washington;C=US"
    KeySpec = 1
    KeyLength = 2048
    Exportable = FALSE
    MachineKeySet = TRUE
    SMIME = FALSE
    PrivateKeyArchive = FALSE
    UserProtected = FALSE
    UseExistingKeySet = FALSE
    ProviderName = "Microsoft RSA SChannel Cryptographic Provider"
    ProviderType = 12
    RequestType = PKCS10
    KeyUsage = 0xa0

    [EnhancedKeyUsageExtension]
    OID = 1.3.6.1.5.5.7.3.1

    [RequestAttributes]
    CertificateTemplate = WebServer
    SAN = "dns=ocs01.fabrikam.net&dns=sip.fabrikam.net"
    "#);
    let inf_2008 = file(&artifacts, "pki/office-ocs01-default/office-ocs01-default-2008.inf").replace("\r\n", "\n");
    insta::assert_snapshot!(inf_2008.split_once("[EnhancedKeyUsageExtension]").map_or("", |(_, rest)| rest), @r#"

    OID = 1.3.6.1.5.5.7.3.1

    [Extensions]
    2.5.29.17 = "{text}"
    _continue_ = "dns=ocs01.fabrikam.net&"
    _continue_ = "dns=sip.fabrikam.net&"

    [RequestAttributes]
    CertificateTemplate = WebServer
    "#);
    insta::assert_snapshot!(file(&artifacts, "pki/office-ocs01-default/office-ocs01-default-cfssl.json"), @r#"
    {
      "note": "SAMPLE: names and addresses of an example; not for use",
      "comment": [
        "Certificate office-ocs01-default of fabrikam: all roles of the Standard Edition server",
        "C01 step 4 office.ocs01",
        "Made by ocstopo; change the topology, not this file. A key and a request for an authority:",
        "  cfssl genkey office-ocs01-default-cfssl.json",
        "The same with the answer of an authority of your own, which says in `expiry` for how long:",
        "  cfssl gencert -ca ca.pem -ca-key ca-key.pem -config office-ocs01-default-cfssl.json office-ocs01-default-cfssl.json",
        "Assign it to the web site of Web Components in IIS as well: the OCS wizard does not."
      ],
      "CN": "ocs01.fabrikam.net",
      "hosts": [
        "ocs01.fabrikam.net",
        "sip.fabrikam.net"
      ],
      "key": {
        "algo": "rsa",
        "size": 2048
      },
      "names": [
        {
          "C": "US",
          "ST": "Washington",
          "L": "Seattle",
          "O": "Fabrikam Inc",
          "OU": "IT"
        }
      ],
      "signing": {
        "default": {
          "expiry": "8760h",
          "usages": [
            "digital signature",
            "key encipherment",
            "server auth"
          ]
        }
      }
    }
    "#);
    insta::assert_snapshot!(file(&artifacts, "pki/office-ocs01-default/office-ocs01-default-lcscmd.cmd").replace("\r\n", "\n"), @r#"
    @echo off
    setlocal EnableExtensions DisableDelayedExpansion
    rem SAMPLE: names and addresses of an example; not for use
    rem Certificate office-ocs01-default of fabrikam: all roles of the Standard Edition server
    rem C01 step 4 office.ocs01
    rem Made by ocstopo; change the topology, not this file.
    rem Run it on office.ocs01 (ocs01.fabrikam.net)
    rem Assign it to the web site of Web Components in IIS as well: the OCS wizard does not.
    LCSCmd.exe /Cert /Action:Request ^
      /sn:"ocs01.fabrikam.net" ^
      /OU:"IT" ^
      /org:"Fabrikam Inc" ^
      /city:"Seattle" ^
      /state:"Washington" ^
      /country:"US" ^
      /san:"ocs01.fabrikam.net,sip.fabrikam.net" ^
      /friendlyName:"office-ocs01-default" ^
      /bitLength:2048 ^
      /exportable:FALSE ^
      /enableClientEKU:FALSE ^
      /online:TRUE ^
      /ca:"dc01.fabrikam.net\Fabrikam CA" ^
      /assign:TRUE
    "#);
    insta::assert_snapshot!(file(&artifacts, "pki/office-edge-access-edge/office-edge-access-edge-lcscmd.cmd").replace("\r\n", "\n"), @r#"
    @echo off
    setlocal EnableExtensions DisableDelayedExpansion
    rem SAMPLE: names and addresses of an example; not for use
    rem Certificate office-edge-access-edge of fabrikam: the Access Edge for external users, partners and public providers, with the SIP name of each domain
    rem C18 step 6 office.edge
    rem Made by ocstopo; change the topology, not this file.
    rem Run it on office.edge.edge01 (edge01.fabrikam.net)
    rem Public providers read the subject only; register the other SIP domains with them.
    LCSCmd.exe /Cert /Action:Request ^
      /sn:"sip.fabrikam.net" ^
      /OU:"IT" ^
      /org:"Fabrikam Inc" ^
      /city:"Seattle" ^
      /state:"Washington" ^
      /country:"US" ^
      /friendlyName:"office-edge-access-edge" ^
      /bitLength:2048 ^
      /exportable:FALSE ^
      /enableClientEKU:FALSE ^
      /online:FALSE ^
      /Filename:"office-edge-access-edge.req" ^
      /Components:AP
    "#);
    insta::assert_snapshot!(lines(file(&artifacts, "pki/certificates.csv"), 3), @r#"
    # SAMPLE: names and addresses of an example; not for use
    certificate,group,use,subject,common name,alternative names,extended key usage,extended key usage oids,key length,key usage,request digest,issuer,issuer kind,template,key exportable,store,folder,request made on,installs on,serves,notes,reason,declared,guide step,catalogue row,source,confidence
    office-edge-access-edge,office.edge,access-edge,"CN=sip.fabrikam.net,OU=IT,O=Fabrikam Inc,L=Seattle,ST=Washington,C=US",sip.fabrikam.net,,server_authentication,1.3.6.1.5.5.7.3.1,2048,digital_signature; key_encipherment,sha1,public_ca,public,,no,"computer account, Personal (LocalMachine\My)",pki/office-edge-access-edge/,office.edge.edge01,office.edge.edge01 (edge01.fabrikam.net),office.edge access_edge outside,Public providers read the subject only; register the other SIP domains with them.,"the Access Edge for external users, partners and public providers, with the SIP name of each domain",office.edge; fabrikam.sip_domains,6,C18,dns:R2-CERTEDGE; dns:R2-SAMPLE; dns:PG-EDGEDNS; dns:SHUD,high
    "#);
    assert!(artifacts.iter().all(|artifact| !artifact.content.contains("PRIVATE KEY")));
}

#[test]
fn each_sip_domain_is_on_its_certificates() {
    let plan = planned(&replaced("sip_domains = [\"fabrikam.net\"]", "sip_domains = [\"fabrikam.net\", \"litware.net\"]"));
    assert_requested(&plan);
    assert_eq!(sans(certificate(&plan, "office-edge-access-edge")), ["sip.fabrikam.net", "sip.litware.net"]);
    assert_eq!(sans(certificate(&plan, "office-ocs01-default")), ["ocs01.fabrikam.net", "sip.fabrikam.net", "sip.litware.net"]);
    assert_eq!(sans(certificate(&plan, "office-edge-web-conferencing-edge")), [""; 0]);
    let elsewhere = planned(&replaced("automatic_sign_in = true", ""));
    assert_eq!(sans(certificate(&elsewhere, "office-ocs01-default")), [""; 0]);
}

#[test]
fn only_aol_asks_for_a_client_certificate() {
    let uses = |providers: &str| {
        let plan = planned(&replaced("remote_users       = true", &format!("remote_users = true public_im = [{providers}]")));
        certificate(&plan, "office-edge-access-edge").ekus.len()
    };
    assert_eq!((uses("msn, yahoo"), uses("msn, aol")), (1, 2));
}

const LARGE: &str = r#"
  load_balancer lb { nat = snat  snat_addresses = [10.1.0.9] }
  enterprise_pool pool {
    configuration              = expanded
    fqdn                       = "pool.fabrikam.net"
    users                      = 100
    load_balancer              = lb
    vip                        = 10.1.0.20
    internal_web_farm          = "web.fabrikam.net"
    web_components_vip         = 10.1.0.21
    web_components_load_balancer = lb
    front_end fe[1..2] { address = 10.1.0.[31..32] }
    web_conferencing_server wc[1..2] { address = 10.1.0.[33..34] }
    av_conferencing_server avc { address = 10.1.0.35 }
    web_components_server iis[1..2] { address = 10.1.0.[36..37] }
    back_end sql { address = 10.1.0.40  version = sql_2005_sp2 }
  }
  director_array dir {
    fqdn          = "dir.fabrikam.net"
    load_balancer = lb
    vip           = 10.1.0.50
    server dir[1..2] { address = 10.1.0.[51..52] }
  }
  mediation_server med { address = 10.1.0.60  gateway_address = 10.1.0.61  next_hop = pool  gateway = gw }
  media_gateway gw { address = 10.1.0.62  transport = TRANSPORT }
  edge_array far {
    shape = scaled_single_site
    next_hop = dir
    inside                { fqdn = "far.fabrikam.net"  load_balancer = lb  vip = 10.2.0.20 }
    access_edge           { fqdn = "sip.far.fabrikam.net"  load_balancer = lb  vip = 131.107.9.20 }
    web_conferencing_edge { fqdn = "webconf.far.fabrikam.net"  load_balancer = lb  vip = 131.107.9.30 }
    av_edge               { fqdn = "av.far.fabrikam.net"  load_balancer = lb  vip = 131.107.9.40 }
    server acc[1..2] { inside = 10.2.0.[21..22]  access_edge = 131.107.9.[21..22]  web_conferencing_edge = 131.107.9.[31..32] }
    server av[1..2]  { inside = 10.2.0.[23..24]  av_edge = 131.107.9.[41..42] }
  }
  reverse_proxy rp {"#;

fn large(transport: &str) -> String {
    standard_edition().replace("  reverse_proxy rp {", &LARGE.replace("TRANSPORT", transport))
}

#[test]
fn computers_share_a_certificate_or_have_their_own() {
    let plan = planned(&large("tls"));
    assert_eq!(plan.problems, []);
    assert_requested(&plan);
    let row = |c: &Certificate| {
        let installs: Vec<&str> = c.installs.iter().map(|install| install.path.rsplit('.').next().unwrap_or_default()).collect();
        let serves: Vec<String> =
            c.serves.iter().map(|served| format!("{}/{}", served.role.word(), served.side.word())).collect();
        let key = if c.exportable { "key copied" } else { "key stays" };
        format!("{}: {} {:?} on {} serves {} {key}", c.slug, c.common_name, sans(c), installs.join(" "), serves.join(" "))
    };
    let shown: Vec<String> = plan.certificates.iter().filter(|c| !c.group.starts_with("office.edge")).map(row).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    office-dir-array: dir.fabrikam.net ["dir.fabrikam.net", "dir1.fabrikam.net", "dir2.fabrikam.net"] on dir1 dir2 serves director/inside key copied
    office-far-access-edge: sip.far.fabrikam.net ["sip.far.fabrikam.net", "sip.fabrikam.net"] on acc1 acc2 serves access_edge/outside key copied
    office-far-av-authentication: far.fabrikam.net [] on av1 av2 serves av_edge/inside key copied
    office-far-internal: far.fabrikam.net ["far.fabrikam.net", "acc1.fabrikam.net", "acc2.fabrikam.net"] on acc1 acc2 serves access_edge/inside web_conferencing_edge/inside key copied
    office-far-internal-av: far.fabrikam.net [] on av1 av2 serves av_edge/inside key copied
    office-far-web-conferencing-edge: webconf.far.fabrikam.net [] on acc1 acc2 serves web_conferencing_edge/outside key copied
    office-gw-default: gw.fabrikam.net [] on gw serves media_gateway/inside key stays
    office-med-default: med.fabrikam.net [] on med serves mediation_server/inside mediation_server/gateway key stays
    office-ocs01-default: ocs01.fabrikam.net ["ocs01.fabrikam.net", "sip.fabrikam.net"] on ocs01 serves front_end/inside web_components/inside web_conferencing/inside av_conferencing/inside key stays
    office-pool-avc-av-conferencing: avc.fabrikam.net [] on avc serves av_conferencing/inside key stays
    office-pool-pool: pool.fabrikam.net [] on fe1 fe2 serves front_end/inside key copied
    office-pool-wc1-web-conferencing: wc1.fabrikam.net [] on wc1 serves web_conferencing/inside key stays
    office-pool-wc2-web-conferencing: wc2.fabrikam.net [] on wc2 serves web_conferencing/inside key stays
    office-pool-web-components: web.fabrikam.net [] on iis1 iis2 serves web_components/inside key copied
    office-rp-listener: ocsweb.fabrikam.net [] on rp serves reverse_proxy/outside key stays
    "#);
    assert!(!slugs(&planned(&large("tcp"))).contains(&"office-gw-default"), "a gateway without TLS presents nothing");
}

#[test]
fn a_private_authority_is_enough_only_inside() {
    let plan = planned(&replaced("certification_authority public_ca { kind = public }", ""));
    let problems: Vec<String> = plan
        .problems
        .iter()
        .map(|problem| match problem {
            CertificateProblem::NoIssuer { row, slug, .. } => format!("{row} {slug}"),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(problems, ["C18 office-edge-access-edge", "C19 office-edge-web-conferencing-edge", "C13 office-rp-listener"]);

    let quiet =
        planned(&replaced("certification_authority public_ca { kind = public }", "").replace("anonymous_meetings = true", ""));
    assert_eq!(quiet.problems, []);
    let issuer = certificate(&quiet, "office-edge-access-edge").issuer.as_ref().expect("an authority");
    assert_eq!((issuer.name.as_str(), certificate(&quiet, "office-edge-access-edge").template.as_deref()), ("own_ca", None));

    let none = standard_edition().replace("certification_authority public_ca { kind = public }", "");
    let none =
        planned(&none.replace(
            "certification_authority own_ca    { kind = enterprise  config = \"dc01.fabrikam.net\\\\Fabrikam CA\" }",
            "",
        ));
    assert_eq!(none.problems.len(), none.certificates.len());
}

#[test]
fn unissuable_certificates_are_reported() {
    let problems = |text: &str| {
        let word = |problem: &CertificateProblem| match problem {
            CertificateProblem::CommonNameTooLong { slug, limit, .. } => format!("{slug}: {limit}"),
            other => panic!("{other:?}"),
        };
        planned(text).problems.iter().map(word).collect::<Vec<_>>()
    };
    let name = format!("{}.fabrikam.net", "x".repeat(52));
    assert_eq!(problems(&replaced("webconf.fabrikam.net", &name)), ["office-edge-web-conferencing-edge: 64"]);
}

/// A plan with one certificate whose subject holds any text.
fn with_subject(text: &str) -> CertificatePlan {
    let mut plan = planned(&standard_edition());
    plan.certificates.retain(|certificate| certificate.slug == "office-ocs01-default");
    for certificate in &mut plan.certificates {
        certificate.subject.organization = Some(text.to_owned());
        certificate.subject.unit = Some(text.to_owned());
        certificate.reason.purpose = text.to_owned();
        certificate.reason.declared[0].path = text.to_owned();
        certificate.notes = vec![text.to_owned()];
        certificate.issuer.as_mut().expect("an issuer").config = Some(text.to_owned());
    }
    plan
}

/// Sections, keys and values of an INF file, as Windows reads them: one value is the text between the outer quotes.
fn inf(text: &str) -> Vec<(String, String, String)> {
    let mut section = String::new();
    let mut entries = Vec::new();
    for line in
        text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(';'))
    {
        match line.strip_prefix('[') {
            Some(name) => section = name.trim_end_matches(']').to_owned(),
            None => {
                let (key, value) = line.split_once(" = ").unwrap_or_else(|| panic!("a key and a value: {line}"));
                let value = match value.strip_prefix('"') {
                    Some(quoted) => {
                        let inner = quoted.strip_suffix('"').unwrap_or_else(|| panic!("closed quotes: {line}"));
                        let pairs = inner.replace("\"\"", "");
                        assert!(!pairs.contains('"') && !pairs.replace("%%", "").contains('%'), "{line}");
                        inner.replace("\"\"", "\"").replace("%%", "%")
                    }
                    None => value.to_owned(),
                };
                entries.push((section.clone(), key.to_owned(), value));
            }
        }
    }
    entries
}

/// The parts of a subject in the form of certreq: semicolons outside quotes part them.
fn parts(subject: &str) -> usize {
    let mut quoted = false;
    1 + subject
        .chars()
        .filter(|c| {
            quoted ^= *c == '"';
            *c == ';' && !quoted
        })
        .count()
}

/// The words of a batch line, where no quote is open at its end and nothing outside quotes means anything to the interpreter.
fn words(line: &str) -> usize {
    let mut quoted = false;
    let mut words = 1;
    for c in line.chars() {
        quoted ^= c == '"';
        assert!(quoted || !matches!(c, '&' | '|' | '<' | '>' | '^'), "{line}");
        assert!(c != '%', "{line}");
        words += usize::from(c == ' ' && !quoted);
    }
    assert!(!quoted, "{line}");
    words
}

#[test]
fn a_request_outside_ascii_is_utf_16_for_certreq() {
    let artifact = |subject: &str| {
        let found =
            emitted(&with_subject(subject)).into_iter().find(|artifact| artifact.path.ends_with("ocs01-default-2003.inf"));
        found.expect("a request")
    };
    let bytes = artifact("K\u{f6}ln").bytes().into_owned();
    assert_eq!(bytes[..4], [0xff, 0xfe, b';', 0]);
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    assert!(String::from_utf16(&units).is_ok_and(|text| text.contains("K\u{f6}ln") && text.contains("this file is UTF-16")));
    assert!(artifact("Koeln").bytes().is_ascii());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_text_becomes_a_line_a_part_or_an_extension(text in "([\\PC\r\n\t\"'`\\\\;#$%=,+<>&|^!@]|\r\n|\n\\[ extensions \\]\n|\\$ENV::HOME|\\$\\{x\\}|%PATH%|DNS:evil|\" & del \\*|\\.include /etc/passwd){0,10}") {
        let (plain, plan) = (emitted(&with_subject("x")), with_subject(&text));
        let hostile = emitted(&plan);
        // Comments that are too wide are broken into lines at the same places as those of the same text on one line.
        let calm = emitted(&with_subject(&one_line(&text)));
        let may_be_broken = text.chars().count() > 40;
        for ((plain, calm), hostile) in plain.iter().zip(&calm).zip(&hostile) {
            prop_assert_eq!(&plain.path, &hostile.path);
            // lcscmd.cmd says why there is no command where a value cannot be written.
            let command = hostile.path.ends_with(".cmd") && hostile.content.contains("exit /b 1");
            let remark = usize::from(hostile.path.ends_with(".inf") && hostile.content.contains("outside ASCII"));
            let missing = if text.is_empty() && hostile.path.ends_with(".cnf") { 2 } else { 0 };
            // In JSON an empty part is left out.
            let missing = if text.is_empty() && hostile.path.ends_with(".json") { 2 } else { missing };
            let lines = hostile.content.lines().count();
            if !command && !may_be_broken {
                prop_assert_eq!(lines + missing, plain.content.lines().count() + remark, "{}", hostile.content);
            }
            if !command {
                prop_assert_eq!(lines, calm.content.lines().count(), "{}", hostile.content);
            }
        }
        let cnf = |artifacts: &[Artifact]| file(artifacts, "pki/office-ocs01-default/office-ocs01-default.cnf").to_owned();
        // openssl may refuse a value, such as one that is empty when trimmed or too long; it never reads another request.
        if let Ok(read) = request(&cnf(&hostile)) {
            let good = request(&cnf(&plain)).expect("a request");
            prop_assert_eq!((&read.names, &read.uses, read.extensions), (&good.names, &good.uses, good.extensions));
            prop_assert!(read.subject.starts_with("CN=ocs01.fabrikam.net"), "{}", read.subject);
        }
        for form in ["-2003.inf", "-2008.inf"] {
            let inf_of = |artifacts: &[Artifact]| inf(file(artifacts, &format!("pki/office-ocs01-default/office-ocs01-default{form}")));
            let (good, read) = (inf_of(&plain), inf_of(&hostile));
            prop_assert_eq!(good.len(), read.len());
            for (good, read) in good.iter().zip(&read) {
                if good.1 == "Subject" {
                    prop_assert_eq!(parts(&good.2) - if text.is_empty() { 2 } else { 0 }, parts(&read.2), "{}", read.2);
                } else {
                    prop_assert_eq!(good, read);
                }
            }
        }
        // JSON keeps every text as it is: the same members, and of the values only those that hold the text differ.
        let json = |artifacts: &[Artifact]| -> serde_json::Value {
            serde_json::from_str(file(artifacts, "pki/office-ocs01-default/office-ocs01-default-cfssl.json")).expect("JSON")
        };
        let (mut good, mut read) = (json(&plain), json(&hostile));
        for part in ["O", "OU"] {
            let said = read["names"][0].as_object_mut().and_then(|names| names.remove(part));
            prop_assert_eq!(said.as_ref().and_then(|said| said.as_str()), Some(text.as_str()).filter(|text| !text.is_empty()));
            good["names"][0].as_object_mut().and_then(|names| names.remove(part));
        }
        for value in [&mut good, &mut read] {
            value.as_object_mut().and_then(|members| members.remove("comment"));
        }
        prop_assert_eq!(good, read);
        let script = file(&hostile, "pki/office-ocs01-default/office-ocs01-default-lcscmd.cmd");
        let script = script.replace("\r\n", "\n").replace(" ^\n  ", " ");
        for line in script.lines().filter(|line| line.starts_with("LCSCmd")) {
            words(line);
        }
    }
}

/// The A/V Edges' own name is on the certificate of the inner leg, whether the computers are shared or not.
#[test]
fn the_own_inside_name_of_the_av_edges_is_on_their_certificate() {
    let own = replaced(
        r#"av_edge               { fqdn = "av.fabrikam.net" }"#,
        "av_edge {\n      fqdn = \"av.fabrikam.net\"\n      inside { fqdn = \"avedge.fabrikam.net\" }\n    }",
    );
    let plan = planned(&own);
    assert_eq!(sans(certificate(&plan, "office-edge-internal")), ["edge01.fabrikam.net", "avedge.fabrikam.net"]);
    assert_eq!(certificate(&plan, "office-edge-av-authentication").common_name.as_str(), "avedge.fabrikam.net");
    let plan = planned(&standard_edition());
    assert_eq!(sans(certificate(&plan, "office-edge-internal")), [""; 0]);
}

/// What rules compare with the limits of authorities is what openssl encodes; 181 SIP domains are more than a Windows authority
/// stores.
#[test]
fn the_encoded_size_of_the_names_equals_openssl() {
    let folder = tempfile::tempdir().expect("a folder");
    let (config, csr) = (folder.path().join("a.cnf"), folder.path().join("a.csr"));
    for (domains, refused) in [(2, false), (6, false), (181, true)] {
        let names: Vec<String> = (0..domains).map(|n| format!("\"domain-number-{n:03}.example.net\"")).collect();
        let list = format!("sip_domains = [\"fabrikam.net\", {}]", names.join(", "));
        let plan = planned(&replaced("sip_domains = [\"fabrikam.net\"]", &list));
        let slug = "office-ocs01-default";
        std::fs::write(&config, file(&emitted(&plan), &format!("pki/{slug}/{slug}.cnf"))).expect("written");
        openssl(&["req", "-new", "-batch", "-config"], &[&config, Path::new("-key"), &KEY.1, Path::new("-out"), &csr])
            .expect("a request");
        let parsed = openssl(&["asn1parse", "-in"], &[&csr]).expect("parsed");
        let value = parsed.lines().skip_while(|line| !line.contains("X509v3 Subject Alternative Name")).nth(1).expect("a value");
        let length = value.split_once(" l=").and_then(|(_, rest)| rest.split_whitespace().next()).expect("a length");
        let size = certificate(&plan, slug).encoded_names();
        assert_eq!(length, size.to_string(), "{domains}: {value}");
        assert_eq!(size > 4_096, refused, "{size}");
        let inf = file(&emitted(&plan), &format!("pki/{slug}/{slug}-2003.inf")).to_owned();
        let attribute = inf.lines().find_map(|line| line.trim_end().strip_prefix("SAN = \"")?.strip_suffix('"')).expect("a line");
        assert_eq!(attribute.len(), certificate(&plan, slug).attribute_names());
    }
}
