//! Identifiers of everything that is kept.

ids! {
    /// An administrative unit in one period of its life.
    UnitId;
    /// A cooperative, cooperative group, enterprise, household business or state body.
    OrganisationId;
    /// A person, with or without an account.
    PersonId;
    /// A dated belonging of a person to an organisation.
    MembershipId;
    /// What a person signs in with.
    AccountId;
    /// One role, for one unit or organisation, over one period.
    GrantId;
    /// A one-time link or slip.
    TokenId;
    /// An entry of the catalogue.
    CourseId;
    /// A dated class of a course (lớp).
    RunId;
    /// One half-day of a run (buổi).
    SessionId;
    /// One person's place in one run.
    EnrolmentId;
    /// One attendance statement.
    MarkId;
    /// A stored decision on whether a participant completed a run.
    DecisionId;
    /// A register in which certificates are numbered.
    BookId;
    /// An issued certificate.
    CertificateId;
    /// Who must complete what by when.
    RequirementId;
    /// A letter in the outbox.
    NoticeId;
    /// A line of the log.
    EventId;
}
