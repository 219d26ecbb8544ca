//! The text of a cell, as a person would read it.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use unicode_normalization::UnicodeNormalization;

use super::Limits;

/// Days between the two first days that Excel knows, 1900 and 1904.
const DAYS_1904: f64 = 1_462.0;
/// 31/12/9999, the last day that Excel knows.
const LAST_DAY: f64 = 2_958_465.0;

/// Normalised to NFC, without control and zero-width characters, with single spaces, as long and in as many lines as
/// the limits allow.
///
/// Soft hyphens stay: they are the letter "ư" of lists typed in TCVN3 fonts.
pub fn plain(raw: &str, limits: Limits) -> String {
    let mut text = String::new();
    let (mut gap, mut lines) = (false, 0);
    for c in raw.chars().take(limits.max_characters).nfc() {
        if c.is_whitespace() {
            gap = true;
            lines += usize::from(limits.keeps_lines && c == '\n');
        } else if !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}') {
            if gap && !text.is_empty() {
                text.push_str([" ", "\n", "\n\n"][lines.min(2)]);
            }
            (gap, lines) = (false, 0);
            text.push(c);
        }
    }
    text
}

/// Plain digits: no exponent, no ".0".
pub fn number(value: f64) -> String {
    if value.is_finite() {
        // Excel keeps 15 digits; the rest is the noise of binary fractions.
        let rounded = format!("{value:.14e}").parse().unwrap_or(value);
        // Zero has a sign that nobody wrote.
        format!("{}", rounded + 0.0)
    } else {
        String::new()
    }
}

/// A cell formatted as a date: `dd/mm/yyyy`, or the year alone if that is what was typed into it.
///
/// A typed 1985 is the 1985th day, in June 1905: nobody on a roster was born then.
pub fn date(serial: f64, from_1904: bool) -> String {
    let typed_a_year = serial.fract() == 0.0 && (1900.0..=2100.0).contains(&serial);
    let days = if from_1904 { serial + DAYS_1904 } else { serial };
    if typed_a_year || !(1.0..=LAST_DAY).contains(&days) {
        return number(serial);
    }
    // Excel believes in a 29/02/1900: days before it are one off.
    let days = if days < 60.0 { days + 1.0 } else { days };
    first_day()
        .and_then(|first| first.checked_add_signed(TimeDelta::days(days.floor() as i64)))
        .map_or_else(|| number(serial), written)
}

/// A date in ISO 8601, with or without a time.
pub fn iso_date(value: &str, limits: Limits) -> String {
    let value = value.trim();
    let day = NaiveDate::parse_from_str(value, "%Y-%m-%d").ok().or_else(|| {
        NaiveDateTime::parse_from_str(value.trim_end_matches('Z'), "%Y-%m-%dT%H:%M:%S%.f").ok().map(|moment| moment.date())
    });
    match day {
        Some(day) => {
            let serial = first_day().map_or(0, |first| day.signed_duration_since(first).num_days());
            if (1900..=2100).contains(&serial) { serial.to_string() } else { written(day) }
        }
        None => plain(value, limits),
    }
}

fn first_day() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(1899, 12, 30)
}

fn written(day: NaiveDate) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE_LINE: Limits =
        Limits { max_bytes: 0, max_unpacked_bytes: 0, max_cells: 0, max_rows: 0, max_characters: 2_000, keeps_lines: false };

    #[test]
    fn numbers_are_plain() {
        assert_eq!(number(38_000_000_000.0), "38000000000");
        assert_eq!(number(3.8e10), "38000000000");
        assert_eq!(number(38_185_012_345.0), "38185012345");
        assert_eq!(number(0.1 + 0.2), "0.3");
        assert_eq!(number(-0.0), "0");
        assert_eq!(number(f64::NAN), "");
    }

    #[test]
    fn dates_are_days_or_years() {
        assert_eq!(date(31_118.0, false), "12/03/1985");
        assert_eq!(date(31_118.75, false), "12/03/1985");
        assert_eq!(date(31_118.0 - DAYS_1904, true), "12/03/1985");
        assert_eq!(date(1985.0, false), "1985");
        assert_eq!(date(1985.0, true), "1985");
        assert_eq!(date(1.0, false), "01/01/1900");
        assert_eq!(date(61.0, false), "01/03/1900");
        assert_eq!(date(912_345_678.0, false), "912345678");
        assert_eq!(date(-1e300, false).chars().next(), Some('-'));
        assert_eq!(iso_date("1985-03-12", ONE_LINE), "12/03/1985");
        assert_eq!(iso_date("1985-03-12T00:00:00", ONE_LINE), "12/03/1985");
        assert_eq!(iso_date("1905-06-07", ONE_LINE), "1985");
        assert_eq!(iso_date("12.3.85", ONE_LINE), "12.3.85");
    }

    #[test]
    fn text_is_composed_and_collapsed() {
        assert_eq!(
            plain(" Nguye\u{302}\u{303}n\u{a0}\n Thi\u{323}\u{200b}  Ho\u{302}\u{300}ng\u{7}", ONE_LINE),
            "Nguyễn Thị Hồng"
        );
        assert_eq!(plain("n\u{ad}íc", ONE_LINE), "n\u{ad}íc");
        assert_eq!(plain("\n \t", ONE_LINE), "");
    }

    #[test]
    fn lines_stay_apart_where_they_are_wanted() {
        let typed = " Rang \r\n\n\n\n xay \n  nấu\tmật\n ";
        assert_eq!(plain(typed, ONE_LINE), "Rang xay nấu mật");
        assert_eq!(plain(typed, Limits { keeps_lines: true, ..ONE_LINE }), "Rang\n\nxay\nnấu mật");
        assert_eq!(plain("Rang", Limits { max_characters: 2, ..ONE_LINE }), "Ra");
    }
}
