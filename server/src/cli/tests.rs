#![allow(clippy::unwrap_used)]
use super::*;
use clap::CommandFactory as _;

fn refused(words: &[&str]) -> String {
    let error = Words::try_parse_from(words).unwrap_err();
    let (text, code) = explain(&error);
    assert_eq!(code, ExitCode::from(2), "{words:?}: {text}");
    text
}

#[test]
fn the_commands_are_well_formed() {
    Words::command().debug_assert();
}

#[test]
fn bad_words_get_a_chinese_sentence() {
    for (words, says) in [
        (vec!["tongban"], "serve"),
        (vec!["tongban", "server"], "serve"),
        (vec!["tongban", "zzzz"], "没有“zzzz”这个命令"),
        (vec!["tongban", "due"], "--from"),
        (vec!["tongban", "due", "--from", "2026-02-30", "--working-days", "3"], "没有这一天"),
        (vec!["tongban", "due", "--from", "2026-02-10", "--working-days", "x"], "整数"),
        (vec!["tongban", "due", "--from", "2026-02-10", "--working-days"], "后面要写一个值"),
        (vec!["tongban", "due", "--form", "2026-02-10"], "--from"),
        (vec!["tongban", "check-id", "citizen"], "号码"),
        (vec!["tongban", "verify"], "文件"),
        (vec!["tongban", "serve", "now"], "now"),
        (vec!["tongban", "keys"], "--help"),
        (vec!["tongban", "keys", "issue", "--account", "x"], "--name"),
        (vec!["tongban", "keys", "issue", "--account", "x", "--name", " "], "1 到 100 个字"),
        (vec!["tongban", "keys", "revoke", "x"], "不对"),
    ] {
        let text = refused(&words);
        assert!(text.contains(says), "{words:?}: {text}");
        assert!(!text.contains("error") && !text.contains("Usage"), "{words:?}: {text}");
    }
}

#[test]
fn help_is_in_plain_words_on_every_command() {
    let names: Vec<String> = Words::command().get_subcommands().map(|c| c.get_name().to_owned()).collect();
    assert_eq!(names.len(), 11);
    for name in &names {
        let error = Words::try_parse_from(["tongban", name, "--help"]).unwrap_err();
        let (text, code) = explain(&error);
        assert_eq!(code, ExitCode::SUCCESS, "{name}");
        assert!(text.contains("用法") && !text.contains("Options:") && !text.contains("Print help"), "{name}: {text}");
    }
}
