#![allow(clippy::unwrap_used)]
use super::*;

fn env(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

fn refused(file: Option<&str>, pairs: &[(&str, &str)]) -> SettingFault {
    read(file, &env(pairs)).expect_err("must be refused")
}

#[test]
fn nothing_set_is_a_hall_on_this_machine() {
    let settings = read(None, &env(&[])).unwrap();
    assert_eq!(settings.database_url, "sqlite://var/tongban.db");
    assert_eq!(settings.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(settings.public_url.origin(), "http://127.0.0.1:3000");
    assert_eq!(settings.keys_url, "file://var/keys/ring.json");
    assert!(!settings.demo, "demo mode is never the default");
    assert_eq!(settings.hall.hall_name, "青禾区政务服务网上大厅");
}

#[test]
fn the_environment_wins_over_the_file() {
    let file = "listen_addr = \"127.0.0.1:4000\"\ntongban_demo = true\nplace_name = \"松河区\"\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n";
    let settings = read(Some(file), &env(&[("LISTEN_ADDR", "[::1]:5000")])).unwrap();
    assert_eq!(settings.listen.to_string(), "[::1]:5000");
    assert_eq!(settings.public_url.origin(), "http://[::1]:5000", "without a name it is reached where it listens");
    assert!(settings.demo);
    assert_eq!(settings.hall.organiser, "松河区行政审批服务局");
    assert!(settings.trusted_proxies.trust("10.9.9.9".parse().unwrap()));
}

#[test]
fn every_bad_value_is_refused_by_name_in_one_line() {
    for (name, value, says) in [
        ("DATABASE_URL", "mysql://root@localhost/x", "mysql"),
        ("DATABASE_URL", "var/tongban.db", "sqlite://"),
        ("DATABASE_URL", "sqlite://", "位置"),
        ("DATABASE_URL", "postgres://", "主机"),
        ("FILES_URL", "s3://bucket/x", "s3"),
        ("FILES_URL", "var/files", "file://"),
        ("FILES_URL", "file://", "文件夹"),
        ("KEYS_URL", "kms://key", "kms"),
        ("KEYS_URL", "/etc/keys", "file://var/keys"),
        ("LISTEN_ADDR", "3000", "127.0.0.1:3000"),
        ("LISTEN_ADDR", "127.0.0.1:99999", "端口"),
        ("LISTEN_ADDR", "localhost:3000", "地址"),
        ("PUBLIC_URL", "hall.example", "https://"),
        ("PUBLIC_URL", "ftp://hall.example", "ftp"),
        ("TRUSTED_PROXIES", "10.0.0.0/99", "网段"),
        ("TONGBAN_DEMO", "maybe", "1"),
        ("AREA_CODE", "99010", "6"),
        ("SITE_CODE", "abc", "10"),
    ] {
        let fault = refused(None, &[(name, value)]);
        let line = fault.to_string();
        assert_eq!(fault.name, name, "{line}");
        assert!(line.contains(name) && line.contains(says), "{name}={value}: {line}");
        assert!(!line.contains('\n'), "{line}");
        // the same value in the file is refused alike
        let file = format!("{} = {value:?}", name.to_ascii_lowercase());
        assert_eq!(refused(Some(&file), &[]), fault, "{file}");
    }
}

#[test]
fn a_password_in_a_bad_database_url_is_not_repeated() {
    let line = refused(None, &[("DATABASE_URL", "mysql://root:geheim@db/x")]).to_string();
    assert!(!line.contains("geheim"), "{line}");
}

#[test]
fn an_unknown_or_misshapen_key_in_the_file_is_refused() {
    let fault = refused(Some("listen_adr = \"127.0.0.1:3000\"\n"), &[]);
    assert!(fault.name == FILE && fault.wrong.contains("listen_adr") && fault.mend.contains("listen_addr"), "{fault}");
    let fault = refused(Some("[listen_addr]\nport = 3\n"), &[]);
    assert!(fault.wrong.contains("listen_addr"), "{fault}");
    let fault = refused(Some("listen_addr = = 3"), &[]);
    assert!(fault.name == FILE && fault.to_string().lines().count() == 1, "{fault}");
}

#[test]
fn an_empty_value_counts_as_not_set() {
    assert_eq!(read(None, &env(&[("LISTEN_ADDR", "  ")])).unwrap(), read(None, &env(&[])).unwrap());
}
