//! The hall's own address.

use super::SettingFault;
use http::Uri;

/// `PUBLIC_URL`, taken apart once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    host: String,
    secure: bool,
}

impl PublicUrl {
    /// Reads `http://host[:port]` or `https://host[:port]`.
    ///
    /// # Errors
    /// [`SettingFault`] for `PUBLIC_URL` when the scheme is missing or another one, or when more follows the host.
    pub fn parse(text: &str) -> Result<Self, SettingFault> {
        const NAME: &str = "PUBLIC_URL";
        const MEND: &str = "请写成 http://127.0.0.1:3000 或 https://hall.example.gov.cn 的样子，后面不带路径";
        let fault = |wrong: String| SettingFault::new(NAME, wrong, MEND);
        let uri: Uri = text.parse().map_err(|_| fault(format!("“{text}”不是网址")))?;
        let secure = match uri.scheme_str() {
            Some("http") => false,
            Some("https") => true,
            Some(other) => return Err(fault(format!("“{text}”以 {other}:// 开头，只能是 http:// 或 https://"))),
            None => return Err(fault(format!("“{text}”缺少 http:// 或 https://"))),
        };
        let Some(authority) = uri.authority() else { return Err(fault(format!("“{text}”里没有主机名"))) };
        if authority.as_str().contains('@') || authority.host().is_empty() {
            return Err(fault(format!("“{text}”里的主机名不对")));
        }
        if !matches!(uri.path(), "" | "/") || uri.query().is_some() {
            return Err(fault(format!("“{text}”在主机名后面还有内容")));
        }
        // browsers leave the scheme's own port out of `Origin`
        let own = if secure { 443 } else { 80 };
        let host = authority.host().to_ascii_lowercase();
        let host = match authority.port_u16() {
            Some(port) if port != own => format!("{host}:{port}"),
            Some(_) | None => host,
        };
        let scheme = if secure { "https" } else { "http" };
        Ok(Self { origin: format!("{scheme}://{host}"), host, secure })
    }

    /// As a browser writes it in `Origin`: no trailing slash, no default port.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Host with its port unless that is the scheme's own.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Served over TLS: cookies become `__Host-` and `Secure`, and HSTS is sent.
    pub fn is_secure(&self) -> bool {
        self.secure
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_origin_reads_like_a_browser_writes_it() {
        for (text, origin, secure) in [
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000", false),
            ("http://127.0.0.1:3000/", "http://127.0.0.1:3000", false),
            ("https://Hall.Example.gov.cn:443/", "https://hall.example.gov.cn", true),
            ("http://hall.example:80", "http://hall.example", false),
            ("https://[::1]:8443", "https://[::1]:8443", true),
        ] {
            let url = PublicUrl::parse(text).unwrap();
            assert_eq!((url.origin(), url.is_secure()), (origin, secure), "{text}");
        }
    }

    #[test]
    fn what_is_no_origin_is_refused_by_name() {
        for text in [
            "",
            "127.0.0.1:3000",
            "hall.example",
            "ftp://hall",
            "https://",
            "http://a/b",
            "http://a?x=1",
            "http://u:p@a",
            "http://a b",
        ] {
            let fault = PublicUrl::parse(text).unwrap_err();
            assert_eq!(fault.name, "PUBLIC_URL", "{text}");
            assert!(fault.to_string().contains("http"), "{fault}");
        }
    }
}
