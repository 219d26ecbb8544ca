//! Demand: what organisations would like to be taught, and the classes they are invited to.

use domain::accounts::Language;
use domain::interests::Standing;

use super::choices::named;

wording! {
    title: "Nhu cầu đào tạo" | "Training we would like";
    title_of(organisation: &str): "Nhu cầu đào tạo: {organisation}" | "Training wanted: {organisation}";
    lead: "Chưa có lớp phù hợp? Ghi nhu cầu của đơn vị: bao nhiêu người, tháng nào tiện. Khi mở lớp, văn phòng sẽ mời các đơn vị đã ghi nhu cầu." | "No class that suits you? Say for how many people, and which months are good. Organisations that asked are invited when a class is planned.";
    choose_organisation: "Chọn đơn vị" | "Choose an organisation";
    choose_organisation_advice: "Mở trang của chủ thể rồi ghi nhu cầu đào tạo ở đó." | "Open the page of the organisation and say it there.";
    for_organisation: "Nhu cầu đào tạo" | "Training wanted";
    at_calendar: "Chưa có lớp phù hợp? Ghi nhu cầu đào tạo" | "No class that suits you? Say what you would like";
    home_why: "Ghi khóa học đơn vị cần, số người, tháng thuận tiện." | "Say which course you need, for how many people, and when.";

    course: "Khóa học" | "Course";
    hours(hours: i64): "{hours} giờ" | "{hours} hours";
    wish: "Nhu cầu" | "Wanted";
    no_wish: "Chưa ghi" | "Nothing said";
    note_it: "Ghi nhu cầu" | "Say it";
    note_course(course: &str): "Ghi nhu cầu học {course}" | "Ask for {course}";
    change_it: "Sửa" | "Change";
    change_course(course: &str): "Sửa nhu cầu học {course}" | "Change what you asked for: {course}";
    people(people: i64): "{people} người" | "{people} people";
    any_time: "tháng nào cũng được" | "any month";
    months_of(months: &str): "tháng {months}" | "{months}";
    said(day: &str, by: &str): "Ghi ngày {day}, {by}" | "Said on {day} by {by}";
    enrolled_since(people: i64): "đã có {people} người được đăng ký từ khi ghi" | "{people} people enrolled since";
    what_is_met: "Nhu cầu được coi là đã đáp ứng khi có người của đơn vị được đăng ký vào một lớp của khóa này sau lần ghi gần nhất. Cần thêm chỗ thì ghi lại." | "A wish counts as met once people of the organisation are enrolled in a class of the course after it was last said. If you need more places, say it again.";

    form_title(course: &str): "Nhu cầu học: {course}" | "Training wanted: {course}";
    number: "Số người" | "People";
    number_hint: "Số người của đơn vị muốn học." | "How many people of the organisation would come.";
    months: "Tháng thuận tiện" | "Months that suit";
    months_hint: "Chọn một hay nhiều tháng; để trống nếu tháng nào cũng được." | "Choose one or several; none means any month.";
    note: "Ghi chú" | "Note";
    note_hint: "Ví dụ: học buổi tối, học tại xã." | "For example: in the evening, in our commune.";
    save: "Lưu nhu cầu" | "Save";
    withdraw: "Rút nhu cầu này" | "Withdraw it";
    done_saved: "Đã lưu nhu cầu. Văn phòng sẽ mời đơn vị khi mở lớp." | "Saved. You will be invited when a class is planned.";
    done_withdrawn: "Đã rút nhu cầu." | "Withdrawn.";

    demand: "Nhu cầu đào tạo" | "Demand for training";
    demand_why: "Đơn vị nào cần khóa nào, bao nhiêu người, tháng nào." | "Who asks for which course, for how many people, and when.";
    demand_lead: "Nhu cầu còn mở của các đơn vị: mở lớp từ nhu cầu rồi mời các đơn vị đã ghi." | "What organisations ask for and has not been met: make a class of it, then invite them.";
    nothing: "Chưa có nhu cầu nào" | "Nothing is asked for";
    nothing_advice: "Nhu cầu do đại diện các đơn vị ghi sẽ hiện ở đây." | "What representatives of organisations ask for will show here.";
    any_course: "Mọi khóa" | "Every course";
    any_unit: "Mọi địa bàn" | "Every unit";
    unit: "Địa bàn" | "Unit";
    narrow: "Lọc" | "Narrow";
    open_people: "người có nhu cầu" | "people asked for";
    open_organisations: "đơn vị có nhu cầu" | "organisations ask";
    met_organisations: "nhu cầu đã đáp ứng" | "wishes met";
    by_course: "Theo khóa học" | "By course";
    by_unit: "Theo địa bàn" | "By unit";
    by_organisation: "Theo đơn vị" | "By organisation";
    organisation: "Đơn vị" | "Organisation";
    organisations: "Đơn vị" | "Organisations";
    people_head: "Số người" | "People";
    met: "Đã đáp ứng" | "Met";
    month_short(month: u32): "T{month}" | "{month}";
    month_people(month: &str, people: i64): "tháng {month}: {people} người" | "{month}: {people} people";
    months_caption: "Số người muốn học theo tháng; ai chọn nhiều tháng được tính ở từng tháng." | "People by the month they would like; who prefers several is counted in each.";
    any_month: "Tháng nào cũng được" | "Any month";
    make_class: "Mở lớp" | "Make a class";
    make_class_of(course: &str): "Mở lớp {course} từ nhu cầu" | "Make a class of the demand for {course}";
    standing_head: "Tình trạng" | "State";
    to_excel: "Xuất Excel" | "Export to Excel";
    sheet: "Nhu cầu" | "Demand";
    as_of(day: &str): "Lập ngày {day}" | "As of {day}";
    said_head: "Ngày ghi" | "Said on";

    invitations: "Mời đơn vị có nhu cầu" | "Invite who asked";
    invitations_lead_draft: "Đơn vị được mời nhận một thư khi lớp được công bố." | "Who is invited gets one letter when the class is published.";
    invitations_lead_published: "Đơn vị được mời nhận ngay một thư." | "Who is invited gets one letter at once.";
    invited_head(count: usize): "Đã mời ({count})" | "Invited ({count})";
    invited_on: "Ngày mời" | "Invited on";
    enrolled: "Đã đăng ký" | "Enrolled";
    nobody_invited: "Chưa mời đơn vị nào." | "Nobody was invited yet.";
    candidates(count: usize): "Có nhu cầu học khóa này ({count})" | "Organisations that ask for this course ({count})";
    no_candidates: "Không còn đơn vị nào có nhu cầu học khóa này mà chưa được mời." | "Nobody else asks for this course.";
    invite_chosen: "Mời các đơn vị đã chọn" | "Invite those chosen";
    invite_unit(unit: &str, count: usize): "Mời cả {unit} ({count})" | "Invite all of {unit} ({count})";
    done_invited(count: &str): "Đã mời {count} đơn vị." | "{count} organisations were invited.";
}

named! { standing(Standing) {
    Standing::Open => "Chưa đáp ứng" | "Open",
    Standing::Met => "Đã đáp ứng" | "Met",
} }
