//! The red round seal: the agency's name along the rim, a star, one word below.
//!
//! Letters are drawn as outlines, so that copying or searching the text of a sheet does not meet the name of the
//! agency letter by letter, and so that the drawing needs no font where it is shown.

use std::f64::consts::PI;
use std::fmt::Write as _;

use ttf_parser::{Face, OutlineBuilder};
use typst::text::Font;

/// Side of the drawing in its own units; 4.2 mm each of 100 on paper.
const SIDE: f64 = 200.0;
const CENTRE: f64 = SIDE / 2.0;
/// Outer edge of the letters.
const RIM: f64 = 87.0;
/// 朱, the `--seal` of the style.
const RED: &str = "#c0281d";

/// Draws the seal. `word` stands below the star (电子印章, or 演示 in a demonstration hall).
pub fn seal_svg(font: &Font, name: &str, word: &str) -> String {
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><g fill="{RED}" fill-opacity=".82"><circle cx="100" cy="100" r="95" fill="none" stroke="{RED}" stroke-opacity=".82" stroke-width="5"/>"##
    );
    star(&mut svg);
    if let Ok(face) = Face::parse(font.data(), font.index()) {
        rim(&mut svg, &face, name);
        foot(&mut svg, &face, word);
    }
    svg.push_str("</g></svg>");
    svg
}

fn star(svg: &mut String) {
    let points: Vec<String> = (0..10)
        .map(|i| {
            let radius = if i % 2 == 0 { 27.0 } else { 27.0 * 0.382 };
            let angle = PI * f64::from(i) / 5.0;
            format!("{:.2},{:.2}", CENTRE + radius * angle.sin(), CENTRE - radius * angle.cos())
        })
        .collect();
    // Writing into a String cannot fail, here and below.
    let _ = write!(svg, r#"<polygon points="{}"/>"#, points.join(" "));
}

/// Short names get large, evenly spread letters over the upper two thirds; long ones narrower letters and more arc.
fn rim(svg: &mut String, face: &Face<'_>, name: &str) {
    let letters: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    if letters.is_empty() {
        return;
    }
    let count = letters.len() as f64;
    let arc = (25.0 * count).clamp(60.0, 280.0).to_radians();
    let height = if count <= 14.0 { 26.0 } else { (26.0 * 14.0 / count).max(13.0) };
    let radius = RIM - height / 2.0;
    let step = if count > 1.0 { arc / (count - 1.0) } else { 0.0 };
    // A letter is as wide as its share of the rim allows, and never wider than high.
    let width = if count > 1.0 { (step * radius * 0.94).min(height * 0.8) } else { height };
    for (place, letter) in letters.iter().enumerate() {
        let angle = -arc / 2.0 + if count > 1.0 { step * place as f64 } else { arc / 2.0 };
        let x = CENTRE + radius * angle.sin();
        let y = CENTRE - radius * angle.cos();
        put(svg, face, *letter, Place { x, y, turn: angle.to_degrees(), width, height });
    }
}

fn foot(svg: &mut String, face: &Face<'_>, word: &str) {
    let count = word.chars().count() as f64;
    let size = 17.0;
    for (place, letter) in word.chars().enumerate() {
        let x = CENTRE + (place as f64 - (count - 1.0) / 2.0) * size * 1.12;
        put(svg, face, letter, Place { x, y: 150.0, turn: 0.0, width: size, height: size });
    }
}

/// Where a letter stands: its middle, its turn in degrees, its size.
struct Place {
    x: f64,
    y: f64,
    turn: f64,
    width: f64,
    height: f64,
}

fn put(svg: &mut String, face: &Face<'_>, letter: char, place: Place) {
    let mut outline = Outline(String::new());
    let Some(glyph) = face.glyph_index(letter) else { return };
    if face.outline_glyph(glyph, &mut outline).is_none() {
        return;
    }
    let em = f64::from(face.units_per_em());
    let advance = f64::from(face.glyph_hor_advance(glyph).unwrap_or(face.units_per_em()));
    // The body of a Han letter reaches from -0.12 to 0.88 em: its middle is 0.38 em above the baseline.
    let _ = write!(
        svg,
        r#"<path transform="translate({:.2} {:.2}) rotate({:.2}) scale({:.5} {:.5}) translate({:.1} {:.1})" d="{}"/>"#,
        place.x,
        place.y,
        place.turn,
        place.width / em,
        -place.height / em,
        -advance / 2.0,
        -0.38 * em,
        outline.0
    );
}

struct Outline(String);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let _ = write!(self.0, "M{x} {y}");
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let _ = write!(self.0, "L{x} {y}");
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let _ = write!(self.0, "Q{x1} {y1} {x} {y}");
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let _ = write!(self.0, "C{x1} {y1} {x2} {y2} {x} {y}");
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}
