//! The wording of the house.

/// Declares sentences, Vietnamese first, English complete: one function each, which takes the language and its values.
///
/// A sentence that is missing in one language does not compile, and one that nobody says is a dead-code warning, which
/// the checks deny.
///
/// ```ignore
/// wording! {
///     title: "Lịch tập huấn" | "Training calendar";
///     seats(taken: i64, capacity: i64): "{taken} / {capacity} chỗ" | "{taken} of {capacity} seats";
/// }
/// ```
macro_rules! wording {
    ($($name:ident $(($($value:ident: $kind:ty),+ $(,)?))? : $vietnamese:literal | $english:literal;)*) => {
        $(wording!(@one $name $(($($value: $kind),+))? $vietnamese $english);)*
    };
    (@one $name:ident $vietnamese:literal $english:literal) => {
        pub(crate) const fn $name(language: domain::accounts::Language) -> &'static str {
            match language {
                domain::accounts::Language::Vietnamese => $vietnamese,
                domain::accounts::Language::English => $english,
            }
        }
    };
    (@one $name:ident ($($value:ident: $kind:ty),+) $vietnamese:literal $english:literal) => {
        pub(crate) fn $name(language: domain::accounts::Language, $($value: $kind),+) -> String {
            match language {
                domain::accounts::Language::Vietnamese => format!($vietnamese),
                domain::accounts::Language::English => format!($english),
            }
        }
    };
}
