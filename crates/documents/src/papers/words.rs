//! Dates and numbers as official papers write them.

use chrono::{Datelike, NaiveDate};

/// `Thanh Hóa, ngày 05 tháng 01 năm 2020` by Decree 30/2020/NĐ-CP, Annex I: a leading zero for days below 10
/// and for January and February, none for the other months.
pub(super) fn place_and_date(place: &str, date: NaiveDate) -> String {
    let (day, month, year) = (date.day(), date.month(), date.year());
    let zero = if month < 3 { "0" } else { "" };
    format!("{place}, ngày {day:02} tháng {zero}{month} năm {year}")
}

/// `05/01/2020`.
pub(super) fn numeric(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// `từ ngày 03/06/2019 đến ngày 05/06/2019`, or `ngày 03/06/2019` when it was one day.
pub(super) fn period(starts: NaiveDate, ends: NaiveDate) -> String {
    if starts == ends {
        return format!("ngày {}", numeric(starts));
    }
    format!("từ ngày {} đến ngày {}", numeric(starts), numeric(ends))
}

/// The parts that are not blank, joined with commas.
pub(super) fn listed(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// Hundredths of points as `80`, `80,5` or `80,25`.
pub(super) fn points(hundredths: i64) -> String {
    let text = format!("{},{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches(',').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_written_with_a_comma() {
        let table = [(0, "0"), (8000, "80"), (8050, "80,5"), (8025, "80,25"), (8005, "80,05"), (10_000, "100"), (7, "0,07")];
        for (hundredths, text) in table {
            assert_eq!(points(hundredths), text);
        }
    }

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn leading_zeros_follow_the_decree() {
        let table = [
            (day(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
            (day(2020, 2, 29), "ngày 29 tháng 02 năm 2020"),
            (day(2019, 3, 1), "ngày 01 tháng 3 năm 2019"),
            (day(2019, 6, 9), "ngày 09 tháng 6 năm 2019"),
            (day(2019, 9, 10), "ngày 10 tháng 9 năm 2019"),
            (day(2019, 10, 10), "ngày 10 tháng 10 năm 2019"),
            (day(2019, 12, 31), "ngày 31 tháng 12 năm 2019"),
        ];
        for (date, expected) in table {
            assert_eq!(place_and_date("Thanh Hóa", date), format!("Thanh Hóa, {expected}"));
        }
    }

    #[test]
    fn one_day_is_no_range() {
        assert_eq!(period(day(2019, 6, 3), day(2019, 6, 3)), "ngày 03/06/2019");
        assert_eq!(period(day(2019, 6, 3), day(2019, 6, 5)), "từ ngày 03/06/2019 đến ngày 05/06/2019");
    }

    #[test]
    fn blanks_are_left_out_of_lists() {
        assert_eq!(listed(&["HTX Quảng Phú", " ", "xã Quảng Phú"]), "HTX Quảng Phú, xã Quảng Phú");
        assert_eq!(listed(&["", ""]), "");
    }
}
