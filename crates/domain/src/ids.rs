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
    /// A place where sessions are held.
    VenueId;
    /// A room of a venue: what is booked.
    RoomId;
    /// Days on which a trainer is away.
    AbsenceId;
    /// A statement on who really taught a session.
    TeachingId;
    /// One person's place in one run.
    EnrolmentId;
    /// Seats promised to an organisation or unit, names to come.
    AllotmentId;
    /// Somebody's place on the waiting list of a run.
    WaitingId;
    /// A seat that is held for somebody who waits.
    OfferId;
    /// One attendance statement.
    MarkId;
    /// Somebody who came to a session without a place in its run.
    WalkInId;
    /// One attendance statement on a walk-in.
    WalkInMarkId;
    /// What was found out about a walk-in.
    WalkInAnswerId;
    /// A count of women and men whose names will never be known.
    HeadCountId;
    /// A stored decision on whether a participant completed a run.
    DecisionId;
    /// A register in which certificates are numbered.
    BookId;
    /// An issued certificate.
    CertificateId;
    /// Who must complete what by when.
    RequirementId;
    /// A day on which no class is laid out.
    HolidayId;
    /// A timetable as it was published.
    PublicationId;
    /// A line of the annual plan.
    PlanLineId;
    /// An organisation's wish to be taught a course.
    InterestId;
    /// A secret address of a calendar feed.
    FeedId;
    /// A programme year (năm chu trình).
    ProgrammeYearId;
    /// A subgroup of products in the classification of one decision.
    ProductGroupId;
    /// A period in which one level of government receives forms.
    ReceivingLevelId;
    /// A criterion that evaluators score.
    CriterionId;
    /// A product registration form (phiếu đăng ký sản phẩm).
    RegistrationId;
    /// A line in the history of a form.
    RegistrationEventId;
    /// What is to be put right in a returned form.
    RemarkId;
    /// A file of a dossier.
    AttachmentId;
    /// One evaluator's opinion of a form.
    EvaluationId;
    /// A list of forms that a unit forwards to the province.
    ForwardingListId;
    /// A decision of the province on forwarded products.
    SelectionDecisionId;
    /// A permission to take part without a selected product.
    ExceptionId;
    /// What a person said of where an organisation lies.
    PlacementId;
    /// Two records of one person that became one.
    MergeId;
    /// A statement that two people are two.
    DistinctId;
    /// A list of people as it was sent.
    UploadId;
    /// An organisation's request for a place of one person in a run.
    RequestId;
    /// A line in the history of a request.
    RequestStepId;
    /// People who were placed at once, from the board of a course.
    PlacingId;
    /// A letter in the outbox.
    NoticeId;
    /// A line of the log.
    EventId;
}
