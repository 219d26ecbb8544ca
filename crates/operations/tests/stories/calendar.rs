//! Calendars: what everybody sees, what concerns somebody, and the secret addresses under which programs read it.

use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::calendar::{FeedKind, Part};
use domain::ids::{OrganisationId, PersonId, RunId, SessionId};
use domain::organisations::OrganisationKind;
use operations::calendar::{self, Calendar, Filter};
use operations::testing::{self, CLIENT, TestClock};
use operations::{Office, doctor, runs};

struct Cast {
    office: Office,
    clock: TestClock,
    officer: Actor,
    trainer: Actor,
    representative: Actor,
    organisation: OrganisationId,
    /// In July, in the district of Thọ Xuân, taught by the trainer.
    run: RunId,
    sessions: Vec<SessionId>,
}

async fn cast(database: store::Database) -> Cast {
    let (office, clock) = testing::office(database).await;
    let province = Scope::Unit(testing::unit(&office, "38").await);
    let district = testing::unit(&office, "395").await;
    let officer = testing::actor(&office, "canbotinh", Role::ProvincialOfficer, province).await;
    let trainer = testing::actor(&office, "giangvien", Role::Trainer, province).await;
    let organisation = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", district).await;
    let representative = testing::actor(&office, "daidien", Role::Representative, Scope::Organisation(organisation)).await;
    let run = testing::published_run_in(&office, &officer, "ENT-4", 40, "2019-07-02", district).await;
    testing::taught_by(&office, run, trainer.person).await;
    let sessions = runs::show(&office, None, run).await.unwrap().sessions.iter().map(|(session, _)| session.id).collect();
    Cast { office, clock, officer, trainer, representative, organisation, run, sessions }
}

fn july() -> Filter {
    Filter::between("2019-07-01".parse().unwrap(), "2019-08-01".parse().unwrap())
}

async fn own(office: &Office, actor: &Actor) -> Calendar {
    calendar::own(office, actor, july().from, july().to).await.unwrap()
}

/// Gives a person a place in a run.
async fn enrol(
    office: &Office,
    by: &Actor,
    run: RunId,
    organisation: OrganisationId,
    person: PersonId,
) -> domain::ids::EnrolmentId {
    use domain::enrolments::EnrolmentSource;
    use operations::enrolments::{EnrolCommand, Enrollee};
    let command = EnrolCommand { run, organisation, people: vec![Enrollee::Member(person)], source: EnrolmentSource::Form };
    operations::enrolments::enrol(office, by, command).await.unwrap();
    let mut records = office.database.read().await.unwrap();
    let places = store::enrolments::live_of_run(&mut records, run).await.unwrap();
    places.into_iter().find(|place| place.person_id == person).unwrap().id
}

async fn sessions_of(office: &Office, path: &str) -> Result<usize, operations::Failure> {
    let secret = path.strip_prefix("/feeds/").unwrap().strip_suffix(".ics").unwrap();
    Ok(calendar::of_secret(office, CLIENT, secret).await?.calendar.sessions.len())
}

operations::both! {
    async fn venues_and_trainers_narrow_the_calendar(database) {
        let c = cast(database).await;
        let unit = testing::unit(&c.office, "395").await;
        let (venue, room) = testing::room(&c.office, &c.officer, unit, "Trung tâm Hội nghị", "Hội trường A").await;
        let (unused, other) = testing::room(&c.office, &c.officer, unit, "Nhà văn hóa", "Phòng 1").await;
        assert!(calendar::choices(&c.office).await.unwrap().venues.is_empty(), "a venue that nothing is held at is not offered");
        testing::held_in(&c.office, c.sessions[0], room).await;
        // A draft does not count, whoever teaches it and wherever it is held.
        let draft = testing::draft_run_in(&c.office, &c.officer, "ENT-4", 40, "2019-07-04", unit).await;
        let stranger = testing::person(&c.office, "Phạm Thị Lan", None).await;
        testing::taught_by(&c.office, draft, stranger).await;
        let of_draft = runs::show(&c.office, Some(&c.officer), draft).await.unwrap().sessions[0].0.id;
        testing::held_in(&c.office, of_draft, other).await;
        let choices = calendar::choices(&c.office).await.unwrap();
        assert_eq!(choices.venues, [(venue, "Trung tâm Hội nghị".to_owned())]);
        assert_eq!(choices.trainers, [(c.trainer.person, "Nguyễn Văn Thử".to_owned())]);

        let shown = async |filter: Filter| calendar::public(&c.office, &filter).await.unwrap();
        let there = shown(Filter { venue: Some(venue), ..july() }).await;
        assert_eq!(there.sessions.iter().map(|session| session.id).collect::<Vec<_>>(), [c.sessions[0]], "only what is held there");
        assert_eq!(there.sessions[0].place(&there.runs[0]), "Hội trường A, Hội trường tỉnh");
        assert!(shown(Filter { venue: Some(unused), ..july() }).await.runs.is_empty());
        assert_eq!(shown(Filter { trainer: Some(c.trainer.person), ..july() }).await.sessions.len(), 2);
        assert!(shown(Filter { trainer: Some(stranger), ..july() }).await.runs.is_empty());
        assert!(shown(Filter { venue: Some(venue), trainer: Some(stranger), ..july() }).await.sessions.is_empty());
    }

    async fn a_session_that_is_called_off_stays_with_its_reason_and_is_nobodys_next(database) {
        let c = cast(database).await;
        runs::cancel_session(&c.office, &c.officer, c.sessions[0], "Mất điện").await.unwrap();
        let shown = calendar::public(&c.office, &july()).await.unwrap();
        let reasons: Vec<_> = shown.held().map(|(session, run)| session.called_off(run)).collect();
        assert_eq!(reasons, [Some("Mất điện"), None]);
        let june = Filter::between("2019-06-01".parse().unwrap(), "2019-07-01".parse().unwrap());
        assert_eq!(calendar::next(&c.office, &june).await.unwrap(), "2019-07-02".parse().ok());
        runs::cancel(&c.office, &c.officer, c.run, "Bão số 3").await.unwrap();
        assert_eq!(calendar::next(&c.office, &june).await.unwrap(), None);
    }

    async fn everybody_has_a_calendar_of_their_own(database) {
        let c = cast(database).await;
        let parts = async |actor: &Actor| {
            let calendar = own(&c.office, actor).await;
            let parts = calendar.sessions.iter().map(|session| calendar.parts[&session.id].clone()).collect::<Vec<_>>();
            assert!(calendar.held().count() == parts.len(), "each with its run");
            parts
        };
        assert_eq!(parts(&c.trainer).await, [vec![Part::Teaching], vec![Part::Teaching]]);
        assert_eq!(parts(&c.officer).await, [vec![Part::Unit], vec![Part::Unit]]);
        let unit = async |code: &str| Scope::Unit(testing::unit(&c.office, code).await);
        let here = testing::actor(&c.office, "lanhdao", Role::Manager, unit("395").await).await;
        let there = testing::actor(&c.office, "lanhdao2", Role::Manager, unit("389").await).await;
        assert_eq!(parts(&here).await, [vec![Part::Unit], vec![Part::Unit]]);
        assert!(parts(&there).await.is_empty(), "another unit");
        assert!(parts(&c.representative).await.is_empty(), "nobody of theirs takes part yet");

        // The representative sends a colleague, and goes along.
        let colleague = testing::person(&c.office, "Lê Thị An", Some(c.organisation)).await;
        enrol(&c.office, &c.representative, c.run, c.organisation, colleague).await;
        assert_eq!(parts(&c.representative).await, [vec![Part::Organisation], vec![Part::Organisation]]);
        let place = enrol(&c.office, &c.representative, c.run, c.organisation, c.representative.person).await;
        assert_eq!(parts(&c.representative).await[0], [Part::Attending, Part::Organisation]);
        assert_eq!(own(&c.office, &c.representative).await.sent[&c.run], ["Lê Thị An", "Nguyễn Văn Thử"]);
        let other = testing::organisation(&c.office, OrganisationKind::Cooperative, "HTX Khác", testing::unit(&c.office, "395").await).await;
        let stranger = testing::actor(&c.office, "daidien2", Role::Representative, Scope::Organisation(other)).await;
        let theirs = own(&c.office, &stranger).await;
        assert!(theirs.sessions.is_empty() && theirs.sent.is_empty(), "the people of others are nobody's business");
        operations::enrolments::withdraw(&c.office, &c.representative, place, "Bận việc").await.unwrap();
        assert_eq!(parts(&c.representative).await[0], [Part::Organisation]);

        // Drafts are in no calendar; the next month is another page.
        let draft = testing::draft_run_in(&c.office, &c.trainer, "ENT-4", 40, "2019-07-04", testing::unit(&c.office, "395").await).await;
        testing::taught_by(&c.office, draft, c.trainer.person).await;
        assert_eq!(parts(&c.trainer).await.len(), 2);
        let august = calendar::own(&c.office, &c.trainer, july().to, "2019-09-01".parse().unwrap()).await.unwrap();
        assert!(august.sessions.is_empty() && august.runs.is_empty());
    }

    async fn a_secret_address_opens_until_it_is_renewed_or_revoked(database) {
        let c = cast(database).await;
        let made = calendar::make_feed(&c.office, &c.trainer, FeedKind::Person, None).await.unwrap();
        assert_eq!(sessions_of(&c.office, &made.path).await.unwrap(), 2);
        let teaching = calendar::make_feed(&c.office, &c.trainer, FeedKind::Teaching, None).await.unwrap();
        let renewed = calendar::make_feed(&c.office, &c.trainer, FeedKind::Person, None).await.unwrap();
        assert!(sessions_of(&c.office, &made.path).await.unwrap_err().is(&Refusal::NotFound), "the old one is dead");
        assert_eq!(sessions_of(&c.office, &renewed.path).await.unwrap(), 2);
        assert_eq!(sessions_of(&c.office, &teaching.path).await.unwrap(), 2, "another kind is another address");

        let offers = calendar::offers(&c.office, &c.trainer).await.unwrap();
        assert_eq!(offers.iter().map(|offer| (offer.kind, offer.in_use.is_some())).collect::<Vec<_>>(),
            [(FeedKind::Person, true), (FeedKind::Teaching, true)]);
        let (id, _) = offers[0].in_use.unwrap();
        for foreign in [&c.officer, &c.representative] {
            assert!(calendar::revoke_feed(&c.office, foreign, id).await.unwrap_err().is(&Refusal::NotFound));
        }
        calendar::revoke_feed(&c.office, &c.trainer, id).await.unwrap();
        assert!(calendar::revoke_feed(&c.office, &c.trainer, id).await.unwrap_err().is(&Refusal::NotFound), "once");
        assert!(sessions_of(&c.office, &renewed.path).await.unwrap_err().is(&Refusal::NotFound));
        assert_eq!(doctor::examine(&c.office).await.unwrap(), []);

        // Only a hash is kept: nothing in the records opens anything.
        let secret = teaching.path.strip_prefix("/feeds/").unwrap().strip_suffix(".ics").unwrap().to_owned();
        let mut work = c.office.database.begin().await.unwrap();
        store::testing::raw(&mut work, &format!("UPDATE feed_token SET secret_hash = '{secret}' WHERE kind = 'teaching'")).await;
        work.commit().await.unwrap();
        assert!(sessions_of(&c.office, &teaching.path).await.is_err());
        let found: Vec<_> = doctor::examine(&c.office).await.unwrap().into_iter().map(|finding| finding.invariant).collect();
        assert_eq!(found, ["feed_not_hashed"]);
    }

    async fn an_address_of_an_organisation_lasts_as_long_as_its_representative(database) {
        let c = cast(database).await;
        let kind = FeedKind::Organisation;
        let other = testing::organisation(&c.office, OrganisationKind::Cooperative, "HTX Khác", testing::unit(&c.office, "395").await).await;
        for (actor, kind, organisation) in [
            (&c.representative, kind, Some(other)),
            (&c.representative, kind, None),
            (&c.representative, FeedKind::Person, Some(c.organisation)),
            (&c.representative, FeedKind::Teaching, None),
            (&c.trainer, kind, Some(c.organisation)),
            (&c.officer, kind, Some(c.organisation)),
        ] {
            let refused = calendar::make_feed(&c.office, actor, kind, organisation).await.unwrap_err();
            assert!(refused.is(&Refusal::NotFound), "{kind}");
        }
        let made = calendar::make_feed(&c.office, &c.representative, kind, Some(c.organisation)).await.unwrap();
        assert_eq!(sessions_of(&c.office, &made.path).await.unwrap(), 0);
        let colleague = testing::person(&c.office, "Lê Thị An", Some(c.organisation)).await;
        enrol(&c.office, &c.representative, c.run, c.organisation, colleague).await;
        let secret = made.path.strip_prefix("/feeds/").unwrap().strip_suffix(".ics").unwrap();
        let feed = calendar::of_secret(&c.office, CLIENT, secret).await.unwrap();
        assert_eq!((feed.name.as_str(), feed.calendar.sent[&c.run].as_slice()), ("HTX Xuân Lập", &["Lê Thị An".to_owned()][..]));
        let personal = calendar::make_feed(&c.office, &c.representative, FeedKind::Person, None).await.unwrap();
        assert_eq!(sessions_of(&c.office, &personal.path).await.unwrap(), 0, "they do not take part themselves");

        let own = operations::accounts::own(&c.office, &c.representative).await.unwrap();
        operations::accounts::end_grant(&c.office, &c.officer, own.grants[0].id).await.unwrap();
        c.clock.set("2019-06-13 08:00");
        assert!(sessions_of(&c.office, &made.path).await.unwrap_err().is(&Refusal::NotFound), "they represent nobody any more");
        assert_eq!(sessions_of(&c.office, &personal.path).await.unwrap(), 0, "their own calendar stays theirs");
    }

    async fn who_guesses_at_addresses_has_to_wait(database) {
        let c = cast(database).await;
        let made = calendar::make_feed(&c.office, &c.trainer, FeedKind::Person, None).await.unwrap();
        for _ in 0..40 {
            assert_eq!(sessions_of(&c.office, &made.path).await.unwrap(), 2, "a program that knows its address asks as it likes");
        }
        for _ in 0..30 {
            assert!(calendar::of_secret(&c.office, CLIENT, "0123456789abcdefghjkmnpqrs").await.unwrap_err().is(&Refusal::NotFound));
        }
        let slowed = calendar::of_secret(&c.office, CLIENT, "0123456789abcdefghjkmnpqrs").await.unwrap_err();
        assert!(slowed.is(&Refusal::TooManyAttempts { seconds: 2 }), "{slowed}");
    }

    async fn two_who_renew_at_once_leave_one_address(database) {
        let c = cast(database).await;
        let tries: Vec<_> = (0..8)
            .map(|_| {
                let (office, trainer) = (c.office.clone(), c.trainer.clone());
                tokio::spawn(async move { calendar::make_feed(&office, &trainer, FeedKind::Person, None).await.unwrap() })
            })
            .collect();
        let mut open = 0;
        for one in tries {
            open += usize::from(sessions_of(&c.office, &one.await.unwrap().path).await.is_ok());
        }
        assert!(open >= 1);
        assert_eq!(doctor::examine(&c.office).await.unwrap(), []);
        let offers = calendar::offers(&c.office, &c.trainer).await.unwrap();
        assert!(offers[0].in_use.is_some());
    }

    async fn papers_of_a_draft_are_for_those_who_see_it(database) {
        let c = cast(database).await;
        let draft = testing::draft_run_in(&c.office, &c.trainer, "ENT-4", 40, "2019-07-04", testing::unit(&c.office, "395").await).await;
        let session = runs::show(&c.office, Some(&c.officer), draft).await.unwrap().sessions[0].0.id;
        for stranger in [None, Some(&c.representative)] {
            assert!(calendar::timetable(&c.office, stranger, draft).await.unwrap_err().is(&Refusal::NotFound));
            assert!(calendar::door_sign(&c.office, stranger, session).await.unwrap_err().is(&Refusal::NotFound));
        }
        assert!(calendar::timetable(&c.office, Some(&c.officer), draft).await.unwrap().starts_with(b"%PDF"));
        assert!(calendar::door_sign(&c.office, None, c.sessions[1]).await.unwrap().starts_with(b"%PDF"));
        assert!(calendar::door_sign(&c.office, None, SessionId(c.office.id())).await.unwrap_err().is(&Refusal::NotFound));
    }
}
