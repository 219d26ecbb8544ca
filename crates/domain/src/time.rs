//! Time in Viet Nam. One zone, seven hours ahead of UTC without summer time since 1975.

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveTime, TimeZone as _, Utc};

use crate::Refusal;

/// The zone every date and time on screen and paper is in.
pub const ZONE: FixedOffset = match FixedOffset::east_opt(7 * 3600) {
    Some(zone) => zone,
    None => panic!("seven hours are a valid offset"),
};

/// The local day of an instant.
#[must_use]
pub fn local_day(instant: DateTime<Utc>) -> NaiveDate {
    instant.with_timezone(&ZONE).date_naive()
}

/// The local time of day of an instant.
#[must_use]
pub fn local_time(instant: DateTime<Utc>) -> NaiveTime {
    instant.with_timezone(&ZONE).time()
}

/// The instant of a local day and time.
#[must_use]
pub fn instant(day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    // A fixed offset has neither gaps nor folds, so there is exactly one answer.
    ZONE.from_local_datetime(&day.and_time(time)).earliest().map_or(DateTime::UNIX_EPOCH, |at| at.with_timezone(&Utc))
}

/// The first instant after a local day.
#[must_use]
pub fn end_of(day: NaiveDate) -> DateTime<Utc> {
    instant(day, NaiveTime::MIN) + Duration::days(1)
}

/// `dd/mm/yyyy`.
#[must_use]
pub fn show_day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// `HH:MM`, 24 hours.
#[must_use]
pub fn show_time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// `dd/mm/yyyy HH:MM` in local time.
#[must_use]
pub fn show_instant(instant: DateTime<Utc>) -> String {
    instant.with_timezone(&ZONE).format("%d/%m/%Y %H:%M").to_string()
}

/// Reads a day as people type it (`5/6/2019`, `05.06.2019`, `05-06-2019`) or as a browser sends it (`2019-06-05`).
///
/// # Errors
/// [`Refusal::NotADay`] for anything else, two-digit years included: they are a guess.
pub fn parse_day(text: &str) -> Result<NaiveDate, Refusal> {
    let parts: Vec<&str> = text.trim().split(['/', '.', '-']).map(str::trim).collect();
    let [a, b, c] = parts[..] else { return Err(Refusal::NotADay) };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return Err(Refusal::NotADay);
    }
    let number = |text: &str| text.parse::<u32>().map_err(|_| Refusal::NotADay);
    let year = i32::try_from(number(year)?).map_err(|_| Refusal::NotADay)?;
    NaiveDate::from_ymd_opt(year, number(month)?, number(day)?).ok_or(Refusal::NotADay)
}

/// Reads a time of day: `7:30`, `07:30`, `7h30`, `7h`.
///
/// # Errors
/// [`Refusal::NotATime`] for anything else.
pub fn parse_time(text: &str) -> Result<NaiveTime, Refusal> {
    let text = text.trim().to_lowercase();
    let (hour, minute) = text.split_once([':', 'h']).ok_or(Refusal::NotATime)?;
    let number = |text: &str| text.parse::<u32>().map_err(|_| Refusal::NotATime);
    let minute = if minute.is_empty() { 0 } else { number(minute)? };
    NaiveTime::from_hms_opt(number(hour)?, minute, 0).ok_or(Refusal::NotATime)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let june = NaiveDate::from_ymd_opt(2019, 6, 5);
        for text in ["5/6/2019", "05/06/2019", " 05.06.2019", "5-6-2019", "2019-06-05"] {
            assert_eq!(parse_day(text).ok(), june, "{text}");
        }
        for text in ["", "5/6", "5/6/19", "31/02/2019", "x/y/2019", "5/6/2019/1", "-5/6/2019"] {
            assert_eq!(parse_day(text), Err(Refusal::NotADay), "{text}");
        }
    }

    #[test]
    fn a_local_day_ends_at_five_in_the_afternoon_utc() {
        let day = NaiveDate::from_ymd_opt(2019, 6, 12).unwrap();
        let end = end_of(day);
        assert_eq!(end.to_rfc3339(), "2019-06-12T17:00:00+00:00");
        assert_eq!(local_day(end - Duration::milliseconds(1)), day);
        assert_eq!(local_day(end), day.succ_opt().unwrap());
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for text in ["7:30", "07:30", "7h30"] {
            assert_eq!(parse_time(text).map(show_time).as_deref(), Ok("07:30"));
        }
        assert_eq!(parse_time("24:00"), Err(Refusal::NotATime));
    }
}
