//! The layout as users see it.

use super::formatted;

#[test]
fn attributes_align_and_comments_stay() {
    insta::assert_snapshot!(formatted(
        "# top\r\n\r\n\r\nsite redmond{ # head quarters\nusers=28_000#all\n# own line\n   domain   =   corp # of contoso  \n\n\nname = \"x\"\n}"
    ), @r#"
    # top

    site redmond {  # head quarters
      users = 28_000  #all
      # own line
      domain = corp  # of contoso

      name = "x"
    }
    "#);
}

#[test]
fn items_on_one_line_get_lines_of_their_own() {
    insta::assert_snapshot!(formatted("a = 1 bb = 2  site x {\n c = 3 d {e = 4} never a->b }\n"), @r"
    a  = 1
    bb = 2
    site x {
      c = 3
      d { e = 4 }
      never a -> b
    }
    ");
}

#[test]
fn short_blocks_stay_and_align() {
    insta::assert_snapshot!(formatted(r#"site redmond {
  network servers {zone=internal range=10.10.0.0/22}
  network edge_outside { zone = perimeter range = 131.107.155.0/25 } # outside
  firewall outer { joins = [internet,edge_outside,] dialect = cisco_asa } # internet is always there
  firewall inner { joins = [edge_inside, servers, clients] dialect = nftables }

  inside { vip = 10.0.0.1 }
  empty { }
  domain corp { fqdn = "corp.contoso.com"  functional_level = windows_2000_native  domain_controllers = windows_2003_sp1_and_more }
}
"#), @r#"
    site redmond {
      network servers      { zone = internal   range = 10.10.0.0/22 }
      network edge_outside { zone = perimeter  range = 131.107.155.0/25 }  # outside
      firewall outer { joins = [internet, edge_outside]         dialect = cisco_asa }  # internet is always there
      firewall inner { joins = [edge_inside, servers, clients]  dialect = nftables }

      inside { vip = 10.0.0.1 }
      empty {}
      domain corp {
        fqdn               = "corp.contoso.com"
        functional_level   = windows_2000_native
        domain_controllers = windows_2003_sp1_and_more
      }
    }
    "#);
}

/// A longer name, comment or list between two attributes leaves the others where they are.
#[test]
fn only_neighbours_align() {
    insta::assert_snapshot!(formatted(r#"dns {
  ttl=1h
  zone=x
  # of the internet provider
  external_name_servers = ["ns1.example.org"]
  b = ["ns1.a-rather-long-name.example.org", "ns2.a-rather-long-name.example.org", "x.example.org"]
  hostmaster=y
  cc=z

  front_end fe[01..04] {address=10.0.0.1}
  back_end sql01 {address=10.0.0.2}
  back_end sqlmirror {address=10.0.0.3 role=mirror}
  inside {vip=10.0.0.1 fqdn="a.contoso.com"}
  access_edge {vip=131.107.0.100 fqdn="b.contoso.com"}
}
"#), @r#"
    dns {
      ttl  = 1h
      zone = x
      # of the internet provider
      external_name_servers = ["ns1.example.org"]
      b = [
        "ns1.a-rather-long-name.example.org",
        "ns2.a-rather-long-name.example.org",
        "x.example.org",
      ]
      hostmaster = y
      cc         = z

      front_end fe[01..04] { address = 10.0.0.1 }
      back_end sql01     { address = 10.0.0.2 }
      back_end sqlmirror { address = 10.0.0.3  role = mirror }
      inside      { vip = 10.0.0.1       fqdn = "a.contoso.com" }
      access_edge { vip = 131.107.0.100  fqdn = "b.contoso.com" }
    }
    "#);
}

/// All lines of a run look alike: if one does not fit with its columns, none has them.
#[test]
fn a_run_that_does_not_fit_is_not_aligned() {
    let long = "a".repeat(60);
    let text =
        format!("route a {{ match = '{long}'  usages = [x] }}\nroute bcd {{ match = 'b'  usages = [far, local, national] }}\n");
    let lines: Vec<String> = formatted(&text).lines().map(str::to_owned).collect();
    assert_eq!(lines[0], format!("route a   {{ match = '{long}'  usages = [x] }}"));
    assert_eq!(lines[1], "route bcd { match = 'b'  usages = [far, local, national] }");
}

#[test]
fn lists() {
    insta::assert_snapshot!(formatted(r#"a = [ 1,2 ,3, ]
long = ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "cccccccccccccccccccccccccccccccc"]
b = [ # why
  1, 2, # two
  # own
  [3,4]


  , [5,
  6] # last
]
c = [
]
"#), @r#"
    a = [1, 2, 3]
    long = [
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
      "cccccccccccccccccccccccccccccccc",
    ]
    b = [  # why
      1,
      2,  # two
      # own
      [3, 4],
      [
        5,
        6,
      ],  # last
    ]
    c = []
    "#);
}

#[test]
fn joined_to_one_line() {
    insta::assert_snapshot!(formatted("site redmond # hq\n{\n  users\n    = 3\n  domain =\n\n    corp\n}\n"), @r"
    site redmond {  # hq
      users  = 3
      domain = corp
    }
    ");
}

#[test]
fn a_file_with_a_mistake_stays_as_it_is() {
    let lines = "site redmond {\n users=3\n    adress    10.0.0.1 ,\n domain=corp\n}\n";
    assert_eq!(formatted(lines), lines);
    let unclosed = "a=1\nsite redmond {\n users=3\n\nsite dublin {\n    users=4\n}\n";
    assert_eq!(formatted(unclosed), unclosed);
}

#[test]
fn ends_in_one_line_end() {
    assert_eq!(formatted(""), "");
    assert_eq!(formatted("\u{feff}\r\n \r\n"), "");
    assert_eq!(formatted("\u{feff}a=1"), "a = 1\n");
    assert_eq!(formatted("\n\na = 1\r\n\r\n\r\n"), "a = 1\n");
}

#[test]
fn undecided_values_have_their_sign_below_the_others() {
    let text = "dns {\n  ttl = 1h\n  hostmaster ?=x\n}\nnetwork a { zone = internal range ?= 10.0.0.0/8 }\n";
    insta::assert_snapshot!(formatted(text), @r"
    dns {
      ttl         = 1h
      hostmaster ?= x
    }
    network a { zone = internal  range ?= 10.0.0.0/8 }
    ");
}
