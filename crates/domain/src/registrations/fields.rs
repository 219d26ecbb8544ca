//! What the forms ask: Biểu 02 (existing product) in its sections A to H, and Biểu 01 (new product). Section A and the
//! organisation's name, kind and unit come from the records and are not typed (domain.md §1.5).

use super::RegistrationKind;

words! {
    /// A section of the form, by its letter on paper. Section A is for the officer and holds nothing that is typed.
    Section {
        /// B: the organisation and the product.
        Organisation = "organisation",
        /// The idea of a new product (Biểu 01).
        Idea = "idea",
        /// C: the business environment.
        Environment = "environment",
        /// D: business information.
        Business = "business",
        /// E: general.
        General = "general",
        /// G: support needs.
        Support = "support",
        /// H: who proposes it.
        Proposer = "proposer",
    }
}

words! {
    /// A field of the form.
    FormField {
        /// Day of establishment or registration.
        EstablishedOn = "established_on",
        /// Number of the business registration.
        RegistrationNumber = "registration_number",
        /// Who runs the organisation.
        HeadName = "head_name",
        /// Permanent address of who runs it.
        HeadAddress = "head_address",
        /// Telephone.
        Phone = "phone",
        /// E-mail.
        Email = "email",
        /// Website.
        Website = "website",
        /// Specification of the product or service.
        Specification = "specification",
        /// The standard it meets.
        Standard = "standard",
        /// What the product has: declaration, intellectual property, certificate.
        Certificates = "certificates",
        /// Kinds of intellectual property.
        IntellectualProperty = "intellectual_property",
        /// History of the organisation.
        History = "history",
        /// Why it was founded.
        FoundingReason = "founding_reason",
        /// How local resources gain value.
        LocalResources = "local_resources",
        /// What the new product is.
        Description = "description",
        /// Where the idea comes from.
        IdeaOrigin = "idea_origin",
        /// Materials and where they come from.
        Materials = "materials",
        /// The market that is expected.
        ExpectedMarket = "expected_market",
        /// Office land.
        OfficeLand = "office_land",
        /// Production land.
        ProductionLand = "production_land",
        /// Area of the production land, m².
        ProductionArea = "production_area",
        /// National-grid power.
        Power = "power",
        /// Water.
        Water = "water",
        /// Transport.
        Transport = "transport",
        /// Communications.
        Communications = "communications",
        /// Sales, costs, profit and labour of the last years.
        Results = "results",
        /// Sources of raw material.
        MaterialSources = "material_sources",
        /// How often it is produced.
        ProductionFrequency = "production_frequency",
        /// How often it is sold.
        SaleFrequency = "sale_frequency",
        /// Target market by place.
        TargetMarket = "target_market",
        /// Customers.
        Customers = "customers",
        /// Capital, đồng.
        Capital = "capital",
        /// Kinds of contribution to it.
        Contributions = "contributions",
        /// Place of production.
        ProductionPlace = "production_place",
        /// Short business plan.
        ShortPlan = "short_plan",
        /// The production process; its diagram may be attached.
        ProductionProcess = "production_process",
        /// Training received elsewhere: our own stands in our records.
        OtherTraining = "other_training",
        /// Other support received.
        OtherSupport = "other_support",
        /// Meetings of the members.
        Meetings = "meetings",
        /// How profit is shared.
        ProfitSharing = "profit_sharing",
        /// Main challenges.
        Challenges = "challenges",
        /// What support is needed.
        SupportNeeds = "support_needs",
        /// Who proposes the product.
        ProposerName = "proposer_name",
        /// As what.
        ProposerPosition = "proposer_position",
    }
}

words! {
    /// A column of the table of results; a row is a year. Profit is sales less costs, so it is not typed.
    ResultColumn {
        /// The year.
        Year = "year",
        /// Sales, đồng.
        Sales = "sales",
        /// Costs, đồng.
        Costs = "costs",
        /// Workers.
        Labour = "labour",
    }
}

/// How many years the table of results has.
pub const RESULT_ROWS: usize = 3;

/// The words of a field that is chosen, not typed.
pub type Choices = &'static [&'static str];

/// How a field is filled in. Limits are characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    Line(usize),
    /// Several lines.
    Paragraphs(usize),
    /// A day.
    Day,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A name of a person.
    Name,
    /// A sum of money in đồng, or a whole number.
    Amount,
    /// One of several words.
    One(Choices),
    /// Any of several words.
    Any(Choices),
    /// The table of results: [`RESULT_ROWS`] rows of [`ResultColumn`]s, kept as `results.0.year` and so on.
    Results,
}

const LAND: Choices = &["own", "rent", "none"];
const POWER: Choices = &["connected", "planned", "none"];
const WATER: Choices = &["clean", "well", "none", "other"];
const FREQUENCY: Choices = &["daily", "weekly", "monthly"];
const CUSTOMERS: Choices = &["well_off", "popular", "rural", "urban"];
const CERTIFICATES: Choices = &["quality_declaration", "intellectual_property", "production_conditions"];
const INTELLECTUAL_PROPERTY: Choices = &["trademark", "logo", "invention", "industrial_design"];

impl FormField {
    /// The field that is stored under this name.
    #[must_use]
    pub fn named(name: &str) -> Option<FormField> {
        name.parse().ok()
    }

    /// The section it stands in.
    #[must_use]
    pub const fn section(self) -> Section {
        use FormField as F;
        match self {
            F::EstablishedOn
            | F::RegistrationNumber
            | F::HeadName
            | F::HeadAddress
            | F::Phone
            | F::Email
            | F::Website
            | F::Specification
            | F::Standard
            | F::Certificates
            | F::IntellectualProperty
            | F::History
            | F::FoundingReason
            | F::LocalResources => Section::Organisation,
            F::Description | F::IdeaOrigin | F::Materials | F::ExpectedMarket => Section::Idea,
            F::OfficeLand
            | F::ProductionLand
            | F::ProductionArea
            | F::Power
            | F::Water
            | F::Transport
            | F::Communications
            | F::Results
            | F::MaterialSources => Section::Environment,
            F::ProductionFrequency
            | F::SaleFrequency
            | F::TargetMarket
            | F::Customers
            | F::Capital
            | F::Contributions
            | F::ProductionPlace => Section::Business,
            F::ShortPlan
            | F::ProductionProcess
            | F::OtherTraining
            | F::OtherSupport
            | F::Meetings
            | F::ProfitSharing
            | F::Challenges => Section::General,
            F::SupportNeeds => Section::Support,
            F::ProposerName | F::ProposerPosition => Section::Proposer,
        }
    }

    /// How it is filled in.
    #[must_use]
    pub const fn kind(self) -> FieldKind {
        use FieldKind::{Amount, Any, Day, Email, Line, Name, One, Paragraphs, Phone};
        use FormField as F;
        match self {
            F::EstablishedOn => Day,
            F::HeadName | F::ProposerName => Name,
            F::Phone => Phone,
            F::Email => Email,
            F::RegistrationNumber | F::Specification | F::Standard | F::Communications | F::ProposerPosition => Line(120),
            F::HeadAddress | F::Website | F::ProductionPlace | F::Transport => Line(200),
            F::ProductionArea | F::Capital => Amount,
            F::Certificates => Any(CERTIFICATES),
            F::IntellectualProperty => Any(INTELLECTUAL_PROPERTY),
            F::Customers => Any(CUSTOMERS),
            F::OfficeLand | F::ProductionLand => One(LAND),
            F::Power => One(POWER),
            F::Water => One(WATER),
            F::ProductionFrequency | F::SaleFrequency => One(FREQUENCY),
            F::Results => FieldKind::Results,
            F::History
            | F::FoundingReason
            | F::LocalResources
            | F::Description
            | F::IdeaOrigin
            | F::Materials
            | F::ExpectedMarket
            | F::MaterialSources
            | F::TargetMarket
            | F::Contributions
            | F::ShortPlan
            | F::ProductionProcess
            | F::OtherTraining
            | F::OtherSupport
            | F::Meetings
            | F::ProfitSharing
            | F::Challenges
            | F::SupportNeeds => Paragraphs(4000),
        }
    }

    /// Whether a form of this kind asks for it.
    #[must_use]
    pub fn is_in(self, kind: RegistrationKind) -> bool {
        use FormField as F;
        match kind {
            RegistrationKind::Existing => self.section() != Section::Idea,
            RegistrationKind::New => {
                matches!(self.section(), Section::Idea | Section::Support | Section::Proposer)
                    || matches!(
                        self,
                        F::EstablishedOn
                            | F::RegistrationNumber
                            | F::HeadName
                            | F::HeadAddress
                            | F::Phone
                            | F::Email
                            | F::LocalResources
                            | F::OtherTraining
                    )
            }
        }
    }

    /// Whether a form of this kind cannot be submitted without it. No decision names the fields that may stay empty, so
    /// this asks for what the receiving unit needs to know who sends what, how it is made and for whom.
    #[must_use]
    pub fn is_required(self, kind: RegistrationKind) -> bool {
        use FormField as F;
        let in_both = matches!(self, F::HeadName | F::HeadAddress | F::Phone | F::ProposerName);
        match kind {
            RegistrationKind::Existing => {
                in_both
                    || matches!(
                        self,
                        F::RegistrationNumber
                            | F::Specification
                            | F::LocalResources
                            | F::ProductionPlace
                            | F::TargetMarket
                            | F::ShortPlan
                            | F::ProductionProcess
                    )
            }
            RegistrationKind::New => in_both || matches!(self, F::Description | F::IdeaOrigin | F::Materials),
        }
    }

    /// The fields of a form of this kind, in the order of the paper.
    pub fn of(kind: RegistrationKind) -> impl Iterator<Item = FormField> {
        FormField::ALL.iter().copied().filter(move |field| field.is_in(kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_required_is_asked_for() {
        for kind in RegistrationKind::ALL {
            for field in FormField::ALL {
                assert!(!field.is_required(*kind) || field.is_in(*kind), "{kind} {field}");
            }
            assert!(FormField::of(*kind).any(|field| field.is_required(*kind)));
        }
    }

    #[test]
    fn fields_stand_in_the_order_of_their_sections() {
        let sections: Vec<_> = FormField::ALL.iter().map(|field| field.section()).collect();
        assert!(sections.is_sorted());
    }
}
