//! Text and readable attributes of a page, and nothing else.

use super::convert;
use lol_html::html_content::{ContentType, TextType};
use lol_html::{HtmlRewriter, Settings, doc_text, element, end_tag};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Attributes that are read out or shown (`data-th` heads a cell on narrow screens). `value` is what a person typed, or what a button
/// posts. `public/traditional.js` has the same list.
const READ: [&str; 5] = ["title", "alt", "aria-label", "placeholder", "data-th"];

/// The page in Traditional characters. What cannot be read as HTML comes back as it was.
pub fn converted(page: &str) -> String {
    let mut out = Vec::with_capacity(page.len() + page.len() / 16);
    match rewrite(page, &mut out) {
        Ok(()) => String::from_utf8(out).unwrap_or_else(|_| page.to_owned()),
        Err(fault) => {
            tracing::warn!(%fault, "a page could not be converted");
            page.to_owned()
        }
    }
}

fn rewrite(page: &str, out: &mut Vec<u8>) -> Result<(), lol_html::errors::RewritingError> {
    // how many elements are open whose text is somebody's own: names and answers (`translate="no"`), and what is being typed
    let own = Rc::new(Cell::new(0_u32));
    // a text may come in pieces; it is converted whole, because words may lie across the cut
    let piece = RefCell::new(String::new());
    let elements = element!("*", {
        let own = own.clone();
        move |el| {
            let named = el.get_attribute("translate").is_some_and(|value| value == "no");
            if own.get() == 0 && !named {
                for name in READ {
                    if let Some(value) = el.get_attribute(name) {
                        el.set_attribute(name, &convert(&value))?;
                    }
                }
            }
            if (named || el.tag_name() == "textarea")
                && let Some(handlers) = el.end_tag_handlers()
            {
                own.set(own.get() + 1);
                let own = own.clone();
                handlers.push(end_tag!(move |_| {
                    own.set(own.get().saturating_sub(1));
                    Ok(())
                }));
            }
            Ok(())
        }
    });
    let text = doc_text!(|chunk| {
        let read = match chunk.text_type() {
            TextType::Data | TextType::PlainText | TextType::RCData => own.get() == 0,
            TextType::RawText | TextType::ScriptData | TextType::CDataSection => false,
        };
        if !read {
            return Ok(());
        }
        piece.borrow_mut().push_str(chunk.as_str());
        if chunk.last_in_text_node() {
            let whole = std::mem::take(&mut *piece.borrow_mut());
            chunk.replace(&convert(&whole), ContentType::Html);
        } else {
            chunk.remove();
        }
        Ok(())
    });
    let settings = Settings::new().append_element_content_handler(elements).append_document_content_handler(text);
    let mut rewriter = HtmlRewriter::new(settings, |bytes: &[u8]| out.extend_from_slice(bytes));
    rewriter.write(page.as_bytes())?;
    rewriter.end()
}

#[cfg(test)]
mod tests {
    use super::converted;

    #[test]
    fn words_are_converted_and_not_signs() {
        let page =
            "<html lang=\"zh-Hant\"><title>头发和发展</title><p>以后，皇后；干部，干净；一<b>只</b>猫只有里面。</p></html>";
        let seen = converted(page);
        for word in ["頭髮和發展", "以後，皇后", "幹部，乾淨", "裡面"] {
            assert!(seen.contains(word), "{seen}");
        }
        assert!(seen.contains("<html lang=\"zh-Hant\">"), "{seen}");
    }

    #[test]
    fn names_and_answers_stay() {
        let page = "<p>申请人：<b translate=\"no\">范某<i title=\"发\">（发展）</i></b>，已办结</p><td data-th=\"来源\" translate=\"no\">后</td>\
            <td data-th=\"来源\">后面</td><input translate=\"no\" title=\"发\"><p>发</p>";
        let seen = converted(page);
        assert_eq!(
            seen,
            "<p>申請人：<b translate=\"no\">范某<i title=\"发\">（发展）</i></b>，已辦結</p><td data-th=\"来源\" translate=\"no\">后</td>\
            <td data-th=\"來源\">後面</td><input translate=\"no\" title=\"发\"><p>發</p>"
        );
    }

    #[test]
    fn what_is_typed_posted_or_run_stays() {
        let page = "<form action=\"/办事\"><input value=\"发展\" placeholder=\"请填发展\" title=\"后面\"><textarea>头发</textarea>\
            <button value=\"发送\">发送</button><option value=\"复\">恢复</option></form><script>var 发 = '发展';</script><style>.后{}</style>\
            <p>&lt;发&amp;展&gt;</p><!-- 发 -->";
        let seen = converted(page);
        for kept in [
            "action=\"/办事\"",
            "value=\"发展\"",
            "<textarea>头发</textarea>",
            "<button value=\"发送\">發送</button>",
            "<option value=\"复\">恢復</option>",
            "<script>var 发 = '发展';</script>",
            "<style>.后{}</style>",
            "placeholder=\"請填發展\"",
            "title=\"後面\"",
            "<p>&lt;發&amp;展&gt;</p>",
        ] {
            assert!(seen.contains(kept), "{kept} is not in {seen}");
        }
    }
}
