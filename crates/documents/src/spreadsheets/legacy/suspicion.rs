//! Which columns look like an old encoding, wholly or in part, and which of their cells do not.

use std::collections::{HashMap, HashSet};

use domain::rosters::Encoding;

use super::{Font, PAGE_1252, convert};
use crate::spreadsheets::syllables::is_syllable;

/// Whether a text of a column of an old encoding was typed in Unicode, as far as its words tell: it reads better as it stands
/// than converted, or as well as in a column in which others surely are Unicode (`among_unicode`).
pub fn stays(text: &str, encoding: Encoding, among_unicode: bool) -> bool {
    let (mut as_it_is, mut converted) = (0_usize, 0_usize);
    for word in words(text) {
        as_it_is += usize::from(is_syllable(word));
        converted += usize::from(reads(word, encoding));
    }
    as_it_is > converted || as_it_is == converted && among_unicode
}

/// The words of a text in which an encoding shows.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',', ';', '.', '-', '(', ')', '/', ':', '"']).filter(|word| !word.is_ascii())
}

/// Whether a word is a Vietnamese syllable once it is converted.
fn reads(word: &str, encoding: Encoding) -> bool {
    convert(word, encoding, false, false).is_some_and(|word| is_syllable(&word))
}

/// Whether a word has letters that code page 1252 has not: those of Unicode.
fn is_beyond(word: &str) -> bool {
    word.chars().any(|c| c > '\u{ff}' && !PAGE_1252.contains(&c))
}

/// How surely a word is of an old encoding: one that is no syllable as it stands and is one converted. Foreign names are
/// such now and then ("Loïc"), hence of a word with letters alone more is asked; signs, capitals within small letters, and
/// the tones of VNI behind their vowel ("V¨n", "NguyÔn", "Leâ") stand in no name.
fn oldness(word: &str, encoding: Encoding) -> Oldness {
    if is_beyond(word) || is_syllable(word) || !reads(word, encoding) {
        return Oldness::None;
    }
    let pairs = || word.chars().zip(word.chars().skip(1));
    let tone = |before: char, c: char| {
        matches!(before.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
            && c.to_lowercase().any(|c| "áàåãâêéèøùûõ".contains(c))
    };
    let sign = |c: char| !c.is_ascii() && !c.is_alphabetic() || matches!(c, 'ª' | 'º' | 'µ');
    let raised = pairs().any(|(before, c)| before.is_lowercase() && c.is_uppercase());
    let toned = encoding == Encoding::Vni && pairs().any(|(before, c)| tone(before, c));
    if raised || toned || word.chars().any(sign) { Oldness::Sure } else { Oldness::Likely }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Oldness {
    None,
    Likely,
    Sure,
}

/// What speaks for a column being of an old encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspicion {
    /// The encoding that fits best.
    pub guess: Encoding,
    /// Whether a font of the file says so.
    pub by_font: bool,
    /// Whether only some of its cells do.
    pub in_part: bool,
}

/// Cells of a column by which it is judged as a whole, at most.
const CELLS: usize = 300;
/// Different words of a column that are looked at for themselves, at most: a list of people has some hundreds.
const WORDS: usize = 10_000;
/// Cells with a word that is likely old, and no other name, of which a column has so many only if it is old in part.
const LIKELY_CELLS: usize = 3;

/// Judges a column by the share of its words that are Vietnamese syllables: as they stand, and converted; and where that
/// gives nothing, by words that are some only once they are converted. Words of plain letters say nothing. Fonts speak first.
pub fn suspect(cells: &[(&str, Option<Font>)]) -> Option<Suspicion> {
    let telling = || cells.iter().filter(|(text, _)| !text.is_ascii());
    let shown = |encoding| telling().filter(|(_, font)| font.is_some_and(|font| font.encoding == encoding)).count();
    let (tcvn3, vni) = (shown(Encoding::Tcvn3), shown(Encoding::Vni));
    if tcvn3 + vni > 0 {
        let guess = if vni > tcvn3 { Encoding::Vni } else { Encoding::Tcvn3 };
        return Some(Suspicion { guess, by_font: true, in_part: false });
    }
    let (mut all, mut as_it_is, mut unicode) = (0_usize, 0_usize, 0_usize);
    // For each encoding: words that are syllables once converted, and whether one is only then.
    let mut fits = [(Encoding::Tcvn3, 0_usize, false), (Encoding::Vni, 0, false)];
    for word in telling().take(CELLS).flat_map(|(text, _)| words(text)) {
        all += 1;
        as_it_is += usize::from(is_syllable(word));
        unicode += usize::from(is_beyond(word) && is_syllable(word));
        for (encoding, count, only) in &mut fits {
            *count += usize::from(reads(word, *encoding));
            *only |= oldness(word, *encoding) != Oldness::None;
        }
    }
    let [tcvn3, vni] = fits;
    let (guess, best, only) = if vni.1 > tcvn3.1 { vni } else { tcvn3 };
    // A column with words that are surely Unicode is old in part at most.
    if only && 10 * unicode <= all && best > as_it_is && 2 * best > all {
        return Some(Suspicion { guess, by_font: false, in_part: false });
    }
    let found =
        [Encoding::Vni, Encoding::Tcvn3].map(|encoding| (old_cells(telling().map(|(text, _)| *text), encoding), encoding));
    let (most, guess) = found.into_iter().max_by_key(|(cells, _)| *cells)?;
    (most > 0).then_some(Suspicion { guess, by_font: false, in_part: true })
}

/// How many cells of a column are of an old encoding, as far as their words tell; 0 when it may be chance.
fn old_cells<'t>(texts: impl Iterator<Item = &'t str>, encoding: Encoding) -> usize {
    let mut known: HashMap<&str, Oldness> = HashMap::new();
    let (mut sure, mut likely) = (0_usize, HashSet::new());
    for text in texts {
        let mut found = [0_usize; 2];
        for word in words(text) {
            let oldness = match known.get(word) {
                Some(known) => *known,
                None if known.len() == WORDS => continue,
                None => *known.entry(word).or_insert_with(|| oldness(word, encoding)),
            };
            found[0] += usize::from(oldness == Oldness::Sure);
            found[1] += usize::from(oldness == Oldness::Likely);
        }
        if found[0] > 0 || found[1] > 1 {
            sure += 1;
        } else if found[1] > 0 {
            likely.insert(text);
        }
    }
    if sure > 0 || likely.len() >= LIKELY_CELLS { sure + likely.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::super::font;
    use super::super::samples::SAMPLES;
    use super::*;

    fn judged(texts: &[&str]) -> Option<Suspicion> {
        suspect(&texts.iter().map(|text| (*text, None)).collect::<Vec<_>>())
    }

    #[test]
    fn whole_columns_are_suspected_and_correct_ones_are_not() {
        let by_words = |guess| Some(Suspicion { guess, by_font: false, in_part: false });
        let unicode: Vec<_> = SAMPLES.iter().map(|sample| sample.0).collect();
        let tcvn3: Vec<_> = SAMPLES.iter().map(|sample| sample.1).collect();
        let vni: Vec<_> = SAMPLES.iter().map(|sample| sample.2).collect();
        assert_eq!(judged(&unicode), None);
        assert_eq!(judged(&tcvn3), by_words(Encoding::Tcvn3));
        assert_eq!(judged(&vni), by_words(Encoding::Vni));
        assert_eq!(judged(&["Hoàng", "hoà"]), None, "correct as it stands, whatever else it might be");
        assert_eq!(judged(&["Le Van An", "0912345678"]), None);
        let times = font("VNI-Times");
        assert_eq!(suspect(&[("Hoàng", times)]), Some(Suspicion { guess: Encoding::Vni, by_font: true, in_part: false }));
    }

    #[test]
    fn a_few_old_names_among_many_correct_ones_are_suspected() {
        let unicode: Vec<_> = SAMPLES.iter().map(|sample| sample.0).collect();
        let many: Vec<_> = unicode.iter().copied().cycle().take(600).collect();
        for old in SAMPLES.iter().flat_map(|sample| [sample.1, sample.2]) {
            let mixed: Vec<_> = many.iter().copied().chain([old]).collect();
            let found = judged(&mixed);
            assert!(found.is_some_and(|found| found.in_part && !found.by_font), "{old}: {found:?}");
        }
        let fifth: Vec<_> = (0..100).map(|n| if n % 5 == 0 { SAMPLES[n % 14].1 } else { SAMPLES[n % 14].0 }).collect();
        assert_eq!(judged(&fifth), Some(Suspicion { guess: Encoding::Tcvn3, by_font: false, in_part: true }));
        let fifth: Vec<_> = (0..100).map(|n| if n % 5 == 0 { SAMPLES[n % 14].2 } else { SAMPLES[n % 14].0 }).collect();
        assert_eq!(judged(&fifth), Some(Suspicion { guess: Encoding::Vni, by_font: false, in_part: true }));
    }

    #[test]
    fn correct_names_of_every_people_are_not_suspected() {
        let names = "Nguyễn Thị Hoàng|Hồng Hoà|Lê Hoà|Y Bhĩu Êban|H'Ngọc Niê|Kpă Thuyên|Rơ Châm Sươn|A Lêng|Đinh Ră|Siu Bláh|K'Brơi|\
            Hờ A Páo|Sùng A Chống|Giàng Thị Dở|Mùa Thị Mỷ|Pờ Pó Chừ|Chẩu Văn Lâm|Krông Ái Linh|Brôih|Kơ Să Ha Bang|Cil Yũ Blô|Byă|\
            Ksor Phước|Lò Văn Pành|Quàng Thị Ết|Lường Văn Én|Vàng A Sử|Thào Mí Sình|Tẩn Láo Sử|Phàn Tả Mẩy|Lù Thị Xứ|Hù Cố Xuân|\
            Ly Giờ Xá|Chu Xé Lù|Lỳ Xuyến Phù|Bh'riu Liếc|Zơ Râm Nhơn|Alăng Thị Gíp|A Viết Tính|Hồ Văn Ôi|Pi Năng Thị Thủy|Ka Să Ha Loan|\
            Thạch Thị Sà Rinh|Danh Út|Kim Sa Rây|Châu Hền|Đàng Năng Họa|Từ Công Lộng|Kiều Maily|Bá Văn Quyến|\
            José García|Müller|François Hollande|Zoë|Renée Dupré|Loïc Lemaître|Chloé|Anaïs|Noël|Gaël Fußmann|Jürgen Groß|Björn Åkesson|\
            Núñez|Peña|Íñigo|João Gonçalves|Søren Kierkegård|Þór Jónsson|Dvořák|Łukasz|Škoda|Žižek|Hélène|Michaël|Thaïs|Moïse|\
            NGUYỄN THỊ HỒNG|TRẦN QUỐC TUẤN|HOÀNG VĂN HOÀ|LÊ THỊ HÀ|Hội Nông dân|Giám đốc HTX|Kế toán trưởng|Phó Chủ tịch UBND xã|\
            OCOP® 3 sao|25 m²|Nghị định số 5/NĐ-CP § 2|“Nhất”|3 – 5 người|Trưởng nhóm…|30°C|café|naïve|½ kg";
        let names: Vec<_> = names.split('|').collect();
        assert_eq!(judged(&names), None);
        for name in &names {
            assert_eq!(judged(&[name]), None, "{name}");
        }
    }

    #[test]
    fn among_unicode_only_what_is_old_is_converted() {
        for unicode in ["Hoàng Hà", "Lê Hoà", "Nguyễn Thị Hồng", "Trần Văn Bình", "Lò Vàng"] {
            assert!(stays(unicode, Encoding::Tcvn3, true) && stays(unicode, Encoding::Vni, true), "{unicode}");
        }
        for (_, tcvn3, vni, _) in SAMPLES {
            assert!(!stays(tcvn3, Encoding::Tcvn3, true), "{tcvn3}");
            assert!(!stays(vni, Encoding::Vni, true), "{vni}");
        }
        assert!(!stays("Hoàng", Encoding::Vni, false), "alone among old ones it is Hồng");
    }
}
