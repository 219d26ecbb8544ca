//! Attendance: marks that are only added to.

words! {
    /// What a mark says of one person in one session.
    MarkStatus {
        /// Có mặt.
        Present = "present",
        /// Đến muộn.
        Late = "late",
        /// Vắng.
        Absent = "absent",
        /// Vắng có phép.
        Excused = "excused",
    }
}

words! {
    /// How a mark came in.
    MarkSource {
        /// The plain form, sent as a whole.
        Form = "form",
        /// The screen that saves each mark as it is made.
        Screen = "screen",
    }
}
