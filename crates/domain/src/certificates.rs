//! Certificates: numbered in a book and year, frozen when issued.

/// The number as it is printed: `015/2019/GCN-VPĐP`. Three digits at least; a larger number simply gets longer.
#[must_use]
pub fn serial(number: i64, year: i64, book: &str) -> String {
    format!("{number:03}/{year}/{book}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn serials_are_written_as_in_the_register() {
        assert_eq!(super::serial(15, 2019, "GCN-VPĐP"), "015/2019/GCN-VPĐP");
        assert_eq!(super::serial(1500, 2019, "GCN-VPĐP"), "1500/2019/GCN-VPĐP");
    }
}
