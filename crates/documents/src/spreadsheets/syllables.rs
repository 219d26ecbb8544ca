//! Whether a word can be a Vietnamese syllable: what tells a list in the wrong encoding from a correct one.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// Beginnings, longest first.
const ONSETS: &[&str] = &[
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p",
    "r", "s", "t", "v", "x", "",
];

const RHYMES: &str = " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu \
    o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ooc oong \
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông \
    uôp uôt uơ uy uya uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu \
    y ych yêm yên yêng yêt yêu ynh yt ";

static KNOWN_RHYMES: LazyLock<HashSet<&str>> = LazyLock::new(|| RHYMES.split_whitespace().collect());

/// Whether a word is spelt as a Vietnamese syllable, in any case, with one tone at most.
pub fn is_syllable(word: &str) -> bool {
    let mut tone = None;
    let mut bare = String::new();
    for c in word.to_lowercase().nfd() {
        if TONES.contains(&c) {
            if tone.replace(c).is_some() {
                return false;
            }
        } else {
            bare.push(c);
        }
    }
    let bare: String = bare.nfc().collect();
    if bare.is_empty() || bare.chars().count() > 7 {
        return false;
    }
    // What ends in a stop is said with two tones only.
    let stops = ["c", "ch", "p", "t"].iter().any(|end| bare.ends_with(end));
    if stops && !matches!(tone, Some('\u{301}' | '\u{323}')) {
        return false;
    }
    let fits = |rhyme: &str| KNOWN_RHYMES.contains(rhyme);
    ONSETS.iter().filter_map(|onset| bare.strip_prefix(onset).map(|rhyme| (*onset, rhyme))).any(|(onset, rhyme)| match onset {
        "gi" if rhyme.is_empty() => true,
        _ => !rhyme.is_empty() && fits(rhyme),
    })
}

#[cfg(test)]
mod tests {
    use super::is_syllable;

    #[test]
    fn syllables_are_told_from_what_is_none() {
        for word in
            "Nguyễn Thị Hồng Đức Quốc Quý Giàng Nghĩa xã huyện bưởi ƯỚC Ỷ gì giết yến hoà hòa Khuyển ngoằn Pành hợp tác đăng ký"
                .split(' ')
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in "NguyÔn ThÞ Hång §øc Quèc Nguyeãn Ñöùc Vaên V¨n x· pqr hàc tacạá n\u{ad}íc".split(' ') {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
