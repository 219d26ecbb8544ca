//! The lists and decisions of the demonstration.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::ids::{ForwardingListId, RegistrationId, UnitId};
use domain::lists::SignForm;
use domain::selections::RulingForm;

use super::clerk::{Clerk, Fate, Form};
use super::typed::signatory;
use crate::lists::{self, BeginCommand, Seen};
use crate::selections::{self, DecideCommand};
use crate::{Outcome, registrations};

/// How far the list of a unit came.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListFate {
    Frozen,
    Forwarded,
    SentBack,
    Accepted,
}

impl Clerk<'_> {
    /// Draws up a list of every unit that has feasible forms and a fate for it, numbered from `first`.
    pub(super) async fn lists(&self, forms: &[Form], first: usize, fate: impl Fn(&str) -> Option<ListFate>) -> Outcome<()> {
        let (office, officer) = (self.office(), &self.people.officer);
        let mut units: BTreeMap<UnitId, (Option<ListFate>, Vec<RegistrationId>)> = BTreeMap::new();
        for form in forms.iter().filter(|form| form.fate == Fate::Feasible) {
            let unit = registrations::show(office, officer, form.id).await?.registration.unit_id;
            units.entry(unit).or_insert_with(|| (fate(&form.place), Vec::new())).1.push(form.id);
        }
        for (n, (unit, (fate, forms))) in units.into_iter().enumerate() {
            let Some(fate) = fate else { continue };
            let id = lists::begin(office, officer, &BeginCommand { unit, year: self.year, forms }).await?;
            let sign = SignForm {
                number: format!("{:02}/DS-UBND", n + first),
                signed_on: office.today().to_string(),
                signatory_post: "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH".into(),
                signatory_name: signatory(n).into(),
            };
            lists::freeze(office, officer, self.seen(id).await?, &sign).await?;
            if fate == ListFate::Frozen {
                continue;
            }
            lists::forward(office, officer, self.seen(id).await?).await?;
            match fate {
                ListFate::Accepted => lists::accept(office, officer, self.seen(id).await?).await?,
                ListFate::SentBack => {
                    let reason = "Thứ tự ưu tiên chưa có căn cứ; đề nghị gửi lại kèm biên bản họp.";
                    lists::send_back(office, officer, self.seen(id).await?, reason).await?;
                }
                ListFate::Frozen | ListFate::Forwarded => {}
            }
        }
        Ok(())
    }

    async fn seen(&self, id: ForwardingListId) -> Outcome<Seen> {
        let mut records = self.office().database.read().await?;
        let list = store::forwarding::find(&mut records, id).await?.ok_or(Refusal::NotFound)?;
        Ok(Seen { id, version: list.version })
    }

    /// Decides on products with a decision of the day.
    pub(super) async fn decide(&self, forms: &[RegistrationId], number: &str, choice: &str, reason: &str) -> Outcome<()> {
        let mut products = Vec::new();
        for id in forms {
            products.push((*id, self.version(*id).await?));
        }
        let form = RulingForm {
            number: number.into(),
            decided_on: self.office().today().to_string(),
            choice: choice.into(),
            reason: reason.into(),
        };
        let command = DecideCommand { year: self.year, products, form };
        selections::decide(self.office(), &self.people.officer, &command).await.map(drop)
    }

    /// Publishes a decision.
    pub(super) async fn publish(&self, number: &str) -> Outcome<()> {
        let mut records = self.office().database.read().await?;
        let year = store::programmes::find(&mut records, self.year).await?.ok_or(Refusal::NotFound)?;
        let decision = store::selections::by_number(&mut records, year.id, number).await?.ok_or(Refusal::NotFound)?;
        drop(records);
        selections::publish(self.office(), &self.people.officer, decision.id, decision.events).await.map(drop)
    }
}
