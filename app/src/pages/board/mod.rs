//! The board: numbers by unit, and the names behind every number.

mod export;
mod home;
mod names;
mod organisation;
mod unit;

use std::str::FromStr;

use chrono::Datelike as _;
use domain::courses::Audience;
use domain::ids::{CourseId, UnitId};
use domain::requirements::Standing;
use operations::reports::{self, AUDIENCES, BoardQuestion};

use crate::{Context, Form, Problem, Routes};

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/board", home::show)
        .get("/board.xlsx", export::download)
        .get("/board/organisations/{organisation}", organisation::show)
        .get("/board/{unit}", unit::show)
}

/// What the address of a board asks.
#[derive(Debug, Clone, Copy)]
struct Asked {
    year: i32,
    audience: Audience,
    course: Option<CourseId>,
    standing: Option<Standing>,
    overdue: bool,
    itself: bool,
    /// Whether the names are asked for, though no number leads to them.
    names: bool,
    /// The page of the names, from 1.
    page: usize,
}

impl Asked {
    /// Reads the query. Without a year it is this one, or the last one before it that requires anything.
    async fn read(context: &Context, form: &Form) -> Result<(Asked, Vec<i64>), Problem> {
        let years = reports::years(&context.office).await?;
        let this_year = context.office.today().year();
        let usual = years.iter().copied().find(|year| *year <= i64::from(this_year)).and_then(|year| i32::try_from(year).ok());
        let asked = Asked {
            year: optional(form, "year")?.unwrap_or(usual.unwrap_or(this_year)),
            audience: optional(form, "audience")?.unwrap_or(AUDIENCES[0]),
            course: optional(form, "course")?,
            standing: optional(form, "standing")?,
            overdue: form.has("overdue"),
            itself: form.has("itself"),
            names: form.has("names"),
            page: optional(form, "page")?.unwrap_or(1),
        };
        if !AUDIENCES.contains(&asked.audience) || !(2000..2100).contains(&asked.year) || asked.page == 0 {
            return Err(Problem::NotFound);
        }
        Ok((asked, years))
    }

    fn question(&self, unit: UnitId) -> BoardQuestion {
        BoardQuestion {
            year: self.year,
            audience: self.audience,
            unit,
            course: self.course,
            standing: self.standing,
            overdue: self.overdue,
            itself: self.itself,
        }
    }

    /// The same board with its numbers alone.
    fn numbers(&self) -> Asked {
        Asked { standing: None, overdue: false, itself: false, names: false, page: 1, ..*self }
    }

    /// The names of those who stand somewhere; none for all.
    fn named(&self, standing: Option<Standing>) -> Asked {
        Asked { standing, overdue: false, names: true, page: 1, ..*self }
    }

    /// Whether names are to be shown.
    fn wants_names(&self) -> bool {
        self.names || self.standing.is_some() || self.overdue || self.itself
    }

    /// The address of the board of a unit.
    fn address(&self, unit: UnitId) -> String {
        format!("/board/{unit}?{}", self.query())
    }

    fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("year", &self.year.to_string()).append_pair("audience", self.audience.as_str());
        if let Some(course) = self.course {
            query.append_pair("course", &course.to_string());
        }
        if let Some(standing) = self.standing {
            query.append_pair("standing", standing.as_str());
        }
        for (name, asked) in [("overdue", self.overdue), ("itself", self.itself), ("names", self.names)] {
            if asked {
                query.append_pair(name, "yes");
            }
        }
        if self.page > 1 {
            query.append_pair("page", &self.page.to_string());
        }
        query.finish()
    }
}

/// A value of the query; an empty one is none, and one that cannot be read leads nowhere.
fn optional<T: FromStr>(form: &Form, name: &str) -> Result<Option<T>, Problem> {
    let text = form.get(name);
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| Problem::NotFound) }
}

/// An identifier in the address.
fn id<T: FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}
