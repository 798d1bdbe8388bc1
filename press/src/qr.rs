//! QR codes as SVG, for the sheets and for web pages.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

use crate::faults::PressFault;

/// Modules of quiet zone on each side, as ISO/IEC 18004 wants.
const QUIET: usize = 4;

/// Draws `text` as a black-on-white QR code (error correction M, quiet zone of four modules).
///
/// The SVG has a `viewBox` and no size, so the page decides how large it is; it holds no text and no script.
/// Give the `<svg>` a name for screen readers where you put it.
///
/// # Errors
/// [`PressFault::QrTooLong`] when the text does not fit into the largest code (2,331 bytes).
pub fn qr_svg(text: &str) -> Result<String, PressFault> {
    let code = QRBuilder::new(text.as_bytes()).ecl(ECL::M).build().map_err(|_| PressFault::QrTooLong { bytes: text.len() })?;
    // One path with a bar per run of dark modules: a third of the bytes of one square per module, and no hairlines
    // between neighbours when a viewer smooths edges.
    let mut path = String::new();
    for row in 0..code.size {
        let line = &code.data[row * code.size..(row + 1) * code.size];
        let mut column = 0;
        while column < code.size {
            let run = line[column..].iter().take_while(|module| module.value()).count();
            if run > 0 {
                // Writing into a String cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", column + QUIET, row + QUIET);
            }
            column += run + 1;
        }
    }
    let side = code.size + 2 * QUIET;
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>"##
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn different_texts_give_different_codes_and_the_text_is_not_in_the_markup() {
        let one = qr_svg("https://hall.example/verify?c=1\"<script>").unwrap();
        let two = qr_svg("https://hall.example/verify?c=2").unwrap();
        assert!(one.starts_with("<svg") && one.contains("viewBox"), "{one}");
        assert!(!one.contains("script"));
        assert_ne!(one, two);
    }

    #[test]
    fn a_text_too_long_is_said_to_be_too_long() {
        assert_eq!(qr_svg(&"长".repeat(1000)), Err(PressFault::QrTooLong { bytes: 3000 }));
    }
}
