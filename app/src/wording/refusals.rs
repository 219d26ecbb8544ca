//! Refusals in words: what is wrong and, where there is something, what to do.

use domain::accounts::Language;
use domain::courses::Lacking;
use domain::time::{show_day, show_instant};
use domain::{Faults, Refusal};
use operations::enrolments::Group;

use super::choices::registration_state;
use super::{requests, timetables};

wording! {
    missing: "Cần điền mục này." | "This is needed.";
    too_long(limit: usize): "Dài quá {limit} ký tự." | "Longer than {limit} characters.";
    not_a_choice: "Hãy chọn một trong các mục có sẵn." | "Choose one of those offered.";
    not_a_number(least: i64, most: i64): "Cần một số nguyên từ {least} đến {most}." | "A whole number from {least} to {most} is needed.";
    not_a_day: "Không phải ngày dạng ngày/tháng/năm, ví dụ 02/07/2019." | "Not a date as day/month/year, for example 02/07/2019.";
    not_a_time: "Không phải giờ dạng 07:30." | "Not a time like 07:30.";
    not_a_phone_number: "Không phải số điện thoại Việt Nam (10 số, bắt đầu bằng 0)." | "Not a Vietnamese telephone number (10 digits, starting with 0).";
    not_an_email_address: "Không phải địa chỉ thư điện tử." | "Not an e-mail address.";
    not_a_citizen_number: "Số CCCD có 12 chữ số (CMND cũ 9 chữ số)." | "A citizen number has 12 digits (old cards 9).";
    citizen_number_disagrees: "Số CCCD không khớp với năm sinh hoặc giới tính." | "The citizen number does not agree with the year of birth or the sex.";
    not_a_tax_code: "Mã số thuế có 10, 12 hoặc 13 chữ số." | "A tax code has 10, 12 or 13 digits.";
    tax_code_check_digit: "Số kiểm tra của mã số thuế không khớp; hãy xem lại có gõ nhầm không." | "The check digit of the tax code is off: look for a typing error.";
    not_a_birthday: "Cần ngày sinh (ngày/tháng/năm) hoặc năm sinh của người từ 15 tuổi." | "A date (day/month/year) or year of birth of somebody of 15 or more is needed.";
    not_a_name: "Họ tên chỉ gồm chữ cái." | "A name consists of letters.";
    not_a_user_name: "Tên đăng nhập gồm 3–40 ký tự a–z, 0–9, dấu chấm, gạch; bắt đầu bằng chữ." | "A user name has 3 to 40 of a–z, 0–9, dot and dash, a letter first.";
    password_too_short(least: usize): "Mật khẩu cần ít nhất {least} ký tự. Một câu ngắn dễ nhớ là tốt nhất." | "A password needs at least {least} characters. A short sentence is best.";
    password_too_common: "Mật khẩu này quá dễ đoán." | "This password is too easy to guess.";
    passwords_differ: "Hai lần nhập mật khẩu không giống nhau." | "The two passwords differ.";
    pattern_too_long: "Hai năm không đủ ngày cho số buổi này; hãy chọn thêm thứ hoặc buổi." | "Two years do not hold so many sessions: choose more days or half-days.";
    no_session: "Lớp cần ít nhất một buổi." | "A class needs at least one session.";
    session_ends_before_start: "Giờ kết thúc phải sau giờ bắt đầu." | "A session must end after it starts.";
    sessions_overlap: "Buổi này trùng giờ với một buổi khác của lớp." | "This session overlaps another of the class.";
    deadline_after_start: "Hạn đăng ký không được sau buổi đầu tiên." | "The deadline must not lie after the first session.";
    session_in_the_past: "Có buổi đã qua." | "A session lies in the past.";
    capacity_below_taken(taken: i64): "Đã có {taken} người đăng ký, không thể giảm số chỗ xuống dưới mức này." | "{taken} people are enrolled: the seats cannot be fewer.";
    capacity_below_held(taken: i64, promised: i64, offered: i64): "Đã có {taken} người ghi danh, {promised} chỗ đã phân bổ và {offered} chỗ đang mời, không thể giảm số chỗ xuống dưới mức này." | "{taken} seats are taken, {promised} promised and {offered} offered: there cannot be fewer.";
    has_participants: "Đã có người đăng ký nên không đổi được mục này." | "People are enrolled, so this can no longer change.";
    session_marked: "Buổi này đã điểm danh hoặc đã ghi giờ dạy nên không dời hoặc bỏ được." | "Attendance or teaching of this session was recorded: it can be neither moved nor removed.";
    minimum_above_capacity: "Số học viên tối thiểu nhiều hơn số chỗ." | "More people are needed than there are seats.";
    busy_elsewhere(person: &str, run: &str, day: String): "{person} đã đăng ký lớp khác cùng giờ ngày {day}: {run}. Rút khỏi lớp đó, hoặc chọn lớp khác." | "{person} is enrolled in another class at the same time on {day}: {run}. Withdraw them there, or choose another class.";
    session_cancelled: "Buổi này đã bị hủy." | "This session was cancelled.";
    last_session: "Đây là buổi cuối cùng còn lại. Hãy hủy cả lớp." | "No other session is left: cancel the whole class.";
    nothing_prepared: "Không còn bản thay đổi nào để phát hành." | "There is no change to release any more.";
    not_published: "Lớp chưa được công bố." | "The class is not published yet.";
    already_published: "Lớp đã được công bố rồi." | "The class is published already.";
    run_cancelled: "Lớp đã bị hủy." | "The class was cancelled.";
    run_closed: "Lớp đã kết thúc." | "The class is closed.";
    has_invitations: "Đã mời các đơn vị có nhu cầu học khóa này nên không đổi khóa được nữa." | "Organisations that asked for this course were invited, so the course can no longer change.";
    line_has_runs(count: i64): "Đã có {count} lớp lập từ dòng này nên không bỏ dòng, không đổi khóa học được." | "{count} classes were made from this line, so it can be neither removed nor given another course.";
    line_of_another_course: "Dòng kế hoạch của lớp này dành cho khóa học khác. Hãy bỏ liên kết với dòng kế hoạch trước khi đổi khóa." | "The plan line of this class is for another course. Take the class out of the plan before you change its course.";
    already_planned(line: &str): "Dòng {line} đã lập đúng khóa, đối tượng, quý và địa điểm này. Hãy sửa dòng đó." | "Line {line} plans this very course, audience, quarter and place. Change that line.";
    not_ended(last: String): "Lớp chưa kết thúc: buổi cuối là ngày {last}." | "The class has not ended: its last session is on {last}.";
    no_seat: "Lớp đã hết chỗ. Hãy ghi vào danh sách chờ." | "The class is full. Put people on the waiting list.";
    full(left: i64, asked: i64): "Chỉ còn {left} chỗ, bạn đăng ký {asked} người. Hãy bớt người hoặc chọn lớp khác." | "Only {left} seats are left for {asked} people. Choose fewer people or another class.";
    deadline_passed(deadline: String): "Đã hết hạn đăng ký ({deadline})." | "Enrolment ended on {deadline}.";
    wrong_audience: "Lớp này không dành cho loại hình của đơn vị bạn." | "This class is not for organisations of your kind.";
    course_for_others: "Khóa này không dành cho đối tượng đã chọn." | "This course is not for the audience you chose.";
    already_enrolled: "Người này đã đăng ký lớp này." | "This person is enrolled in this class already.";
    twice_in_the_list(first_row: usize): "Trùng với dòng {first_row}." | "The same as row {first_row}.";
    several_fit(count: usize): "Có {count} người khớp với thông tin này, chưa rõ là ai. Hãy ghi thêm ngày sinh hoặc năm sinh, số điện thoại hoặc số CCCD, hoặc chọn đúng người trong danh sách." | "{count} people fit what is said: it is not clear who is meant. Add the date or year of birth, the telephone or the citizen number, or choose the person from the list.";
    number_in_address: "Số CCCD không được nằm trong địa chỉ trang. Hãy gõ số vào ô này rồi bấm Tìm." | "A citizen number must not stand in the address of a page. Type it into this field, then press Find.";
    citizen_number_taken: "Số CCCD này đã thuộc về người khác tên. Hãy kiểm tra lại số và họ tên." | "This citizen number belongs to somebody of another name. Check the number and the name.";
    withdrawn: "Đăng ký đã được rút." | "The enrolment was withdrawn.";
    prerequisite_missing(person: &str, lacking: String): "{person} chưa hoàn thành {lacking}." | "{person} has not completed {lacking}.";
    or: " hoặc " | " or ";
    and: ", và " | ", and ";
    titled(title: &str): "“{title}”" | "“{title}”";
    within(titles: &str, years: i64): "{titles} trong {years} năm trước ngày khai giảng" | "{titles} within {years} years before the class begins";
    lapsed(titles: &str, day: String): "{titles} (lần hoàn thành trước chỉ có giá trị đến {day})" | "{titles} (what was completed counted until {day})";
    requires_itself: "Một khóa học không thể yêu cầu chính nó." | "A course cannot require itself.";
    substitution_over(until: String): "Chỉ được thay người đến {until}. Có thể rút đăng ký, hoặc chuyển sang lớp khác." | "Somebody else could be sent until {until}. You can withdraw the person, or move them to another class.";
    already_attended: "Người này đã được điểm danh nên không thay người được nữa; vẫn có thể rút đăng ký (nghỉ giữa chừng)." | "Attendance of this person was marked, so nobody takes their place; they can still be withdrawn (leave midway).";
    run_of_another_course: "Lớp đó dạy khóa học khác." | "That class is for another course.";
    walk_in_answered: "Người này đã được ghép hoặc bỏ qua rồi." | "It was settled already who this is.";
    nothing_to_undo: "Việc này đã được hoàn tác, hoặc sau đó đã có việc khác." | "This was taken back already, or something else was done since.";
    nobody_chosen: "Chưa chọn người nào." | "Nobody was chosen.";
    approval_needed: "Lớp này cần duyệt: hãy gửi đề nghị ghi danh, được duyệt mới có chỗ." | "Places in this class need approval: send a request for them.";
    approves_by_doing(who: &str): "Lớp này cần duyệt: hãy nhờ {who} làm việc này, làm xong là đã duyệt." | "Places in this class need approval: ask {who} to do this, which approves it.";
    no_approval_needed: "Lớp này không cần duyệt: hãy đăng ký thẳng." | "This class needs no approval: enrol at once.";
    request_in_state(state: &str): "Đề nghị đang ở tình trạng “{state}” nên không làm được việc này." | "The request stands at “{state}”, where this cannot be done.";
    asked_already(person: &str): "{person} đã được đề nghị cho một lớp khác của khóa này." | "{person} is asked for in another class of this course already.";
    refused_before(person: &str, day: String): "{person} đã bị từ chối ở lớp này ngày {day}." | "{person} was refused a place in this class on {day}.";
    run_chosen_twice: "Lớp này đã được chọn ở trên." | "This class is chosen above already.";
    run_not_chosen: "Người này không chọn lớp đó." | "They did not choose this class.";
    has_requests: "Đang có đề nghị chờ ở lớp này nên không đổi được." | "People wait for a decision on this class, so this stays as it is.";
    organisation_limit(limit: i64, taken: i64): "Lớp này nhận nhiều nhất {limit} người của mỗi tổ chức, và đã có {taken} người." | "This class takes {limit} people of one organisation at most, and has {taken} already.";
    not_so_many_seats(left: i64, asked: i64): "Chỉ còn {left} chỗ có thể phân bổ, không đủ cho {asked} chỗ." | "Only {left} seats can still be promised, not {asked}.";
    allotment_below_named(named: i64): "Đã dùng {named} chỗ (đã ghi tên, đang mời hoặc đã chia), không thể giảm xuống dưới mức này." | "{named} seats are named, offered or divided: there cannot be fewer.";
    allotment_ended: "Suất phân bổ này đã hết hạn hoặc đã được trả lại." | "These seats are not kept any more.";
    of_another_unit: "Tổ chức không thuộc địa bàn được phân bổ." | "The organisation does not lie in the unit whose seats these are.";
    promised_twice: "Tổ chức hoặc địa bàn này đứng hai lần trong bảng." | "This stands twice in the table.";
    not_waiting: "Người này không còn trong danh sách chờ." | "This person is not on the waiting list any more.";
    offer_expired: "Lời mời đã hết hạn và chỗ đã chuyển cho người tiếp theo." | "The offer has expired, and the seat went on to the next.";
    offer_answered: "Lời mời này đã được trả lời hoặc đã rút lại." | "This offer was answered, or taken back.";
    not_begun(day: String): "Buổi học ngày {day} chưa đến." | "The session is on {day}: it has not come yet.";
    marks_missing(count: i64): "Còn {count} lượt chưa điểm danh." | "{count} attendance marks are missing.";
    register_closed: "Lớp đã kết thúc nên không sửa điểm danh được nữa." | "The class is closed: attendance can no longer be changed.";
    reason_missing: "Cần nêu lý do." | "A reason is needed.";
    changed_meanwhile: "Dữ liệu đã thay đổi trong lúc trang này mở. Hãy xem lại rồi xác nhận." | "Something changed while this page was open. Look again, then confirm.";
    certificate_issued: "Đã cấp chứng nhận cho quyết định này; cần thu hồi trước." | "A certificate was issued on this; revoke it first.";
    nothing_to_issue: "Không có ai cần cấp chứng nhận." | "There is nobody to issue a certificate to.";
    revoked: "Chứng nhận đã bị thu hồi." | "The certificate was revoked.";
    signatory_missing: "Sổ cấp chứng nhận chưa có tên người ký. Hãy điền rồi cấp lại." | "The certificate book does not say who signs. Fill that in, then issue again.";
    not_in_this_state(state: &str): "Phiếu đang ở trạng thái “{state}” nên không làm được việc này. Hãy tải lại trang." | "The form is “{state}”, so this cannot be done. Load the page again.";
    outside_window(opens: String, closes: String): "Chỉ nhận phiếu từ {opens} đến hết {closes}." | "Forms are received from {opens} to {closes}.";
    no_window: "Năm này chưa có thời gian tiếp nhận. Hãy liên hệ Văn phòng Điều phối tỉnh." | "This year has no dates for receiving forms yet. Ask the provincial coordination office.";
    no_receiving_unit: "Chưa xác định được đơn vị tiếp nhận cho địa bàn này. Cán bộ cần cập nhật xã, phường hiện nay của chủ thể." | "No receiving unit is known for this place. An officer has to say in which commune the organisation lies today.";
    closes_before_opening: "Ngày kết thúc phải từ ngày bắt đầu trở đi." | "The last day cannot lie before the first.";
    weights_not_hundred(total: i64): "Tổng trọng số phải là 100 %, hiện là {total} %." | "The weights must make 100 %, they make {total} %.";
    criteria_in_use: "Đã có phiếu được đánh giá theo bộ tiêu chí này nên không đổi được nữa." | "Forms were evaluated by these criteria, so they can no longer change.";
    not_an_amount: "Cần một số, ví dụ 1.280.000." | "A number is needed, for example 1.280.000.";
    no_remark: "Hãy ghi ít nhất một điểm cần bổ sung." | "Say at least once what is to be put right.";
    day_in_the_past: "Ngày này đã qua." | "This day has passed.";
    day_in_the_future: "Ngày này chưa đến." | "This day has not come yet.";
    not_its_duplicate: "Chỉ có thể trùng với một phiếu khác của cùng chủ thể trong cùng năm." | "It can only repeat another form of the same organisation and year.";
    dossier_incomplete(missing: i64): "Hồ sơ còn thiếu {missing} mục bắt buộc." | "{missing} required items of the dossier are missing.";
    not_a_producer: "Cơ quan nhà nước không đăng ký sản phẩm." | "State bodies register no products.";
    not_an_accepted_file: "Chỉ nhận tệp PDF, JPEG, PNG hoặc XLSX." | "Only PDF, JPEG, PNG and XLSX files are accepted.";
    too_many_files(limit: usize): "Hồ sơ có tối đa {limit} tệp." | "A dossier has {limit} files at most.";
    not_feasible: "Phiếu được đánh giá là chưa khả thi nên không đưa vào danh sách được." | "The form was found not to be feasible, so it cannot be listed.";
    empty_list: "Danh sách chưa có phiếu nào." | "The list has no form yet.";
    list_frozen: "Danh sách đã chốt, không sửa được nữa. Muốn sửa, hãy lập danh sách thay thế." | "The list is frozen. To correct it, draw up a list that replaces it.";
    list_not_waiting: "Danh sách này không còn chờ trả lời." | "This list no longer waits for an answer.";
    in_another_list: "Phiếu đang ở trong một danh sách khác chưa chốt." | "The form stands in another list that is being drawn up.";
    list_full(limit: usize): "Mỗi danh sách có tối đa {limit} phiếu. Hãy lập thêm danh sách khác." | "A list has {limit} forms at most. Draw up another list.";
    list_forwarded: "Danh sách đã gửi tỉnh nên không hủy được nữa." | "The list was forwarded, so it can no longer be given up.";
    list_not_accepted: "Danh sách của phiếu này chưa được tiếp nhận. Hãy tiếp nhận danh sách trước." | "The form's list has not been accepted yet. Accept the list first.";
    nothing_chosen: "Chưa chọn mục nào." | "Nothing was chosen.";
    decision_published: "Quyết định đã được công bố." | "The decision was published.";
    decision_of_another_day(day: String): "Quyết định mang số này đã được ghi với ngày {day}." | "The decision of this number is recorded with the day {day}.";
    not_selected(year: i64): "Lớp này chỉ dành cho chủ thể có sản phẩm được chọn năm {year}. Đơn vị này chưa có sản phẩm nào được công bố là được chọn. Hãy xem phiếu đăng ký của đơn vị đang ở bước nào, hoặc đề nghị Văn phòng Điều phối tỉnh cho phép tham gia." | "This class is for organisations with a product selected in {year} only. No product of this organisation has been published as selected. See how far its registration forms are, or ask the provincial coordination office for an exception.";
    selection_of_others: "Chỉ chủ thể OCOP mới có sản phẩm được chọn. Hãy đổi đối tượng thành chủ thể OCOP, hoặc bỏ giới hạn này." | "Only OCOP organisations have selected products. Make them the audience, or drop this limit.";
    no_programme(year: i64): "Năm {year} chưa có chương trình nên chưa có sản phẩm được chọn." | "There is no programme of {year}, so no product is selected in it.";
    no_exception_needed: "Đơn vị này tham gia được rồi, không cần ngoại lệ." | "This organisation can take part as it is: no exception is needed.";
    exception_withdrawn: "Ngoại lệ này đã được rút lại." | "The exception was withdrawn.";
    not_printable(text: &str): "Không in được “{text}” lên giấy: có ký tự lạ hoặc quá dài. Hãy sửa rồi làm lại." | "“{text}” cannot be printed: it has a strange character or is too long. Correct it and try again.";
    not_an_https_link: "Cần đường dẫn bắt đầu bằng https://." | "A link that begins with https:// is needed.";
    room_booked(sessions: String): "Còn buổi học sắp tới ở đây: {sessions}. Hãy chuyển các buổi này sang phòng khác trước." | "Sessions are booked here: {sessions}. Move them to another room first.";
    both_have_places(run: &str): "Cả hai hồ sơ đều có chỗ trong lớp {run}. Hãy rút một chỗ trước." | "Both records have a place in {run}. Withdraw one of them first.";
    two_places_at_once(run: &str, day: String): "Gộp lại thì một người học hai lớp cùng lúc (lớp {run}, ngày {day}). Hãy rút một chỗ trước." | "Merged, one person would be in two classes at once ({run}, {day}). Withdraw one place first.";
    both_have_accounts: "Cả hai hồ sơ đều có tài khoản đăng nhập nên không gộp được." | "Both records have an account to sign in with, so they cannot be merged.";
    both_have(what: &str): "Cả hai hồ sơ cùng có dữ liệu mà một người chỉ có một ({what}), nên không gộp được." | "Both records have something of which a person has one ({what}), so they cannot be merged.";
    told_apart: "Đã có người xác nhận đây là hai người khác nhau. Hãy bỏ xác nhận đó trước." | "Somebody said that these are two people. Take that back first.";
    merge_undone: "Lần gộp này đã được tách lại." | "This merge was undone already.";
    merged_onward: "Sau lần gộp này, hồ sơ lại được gộp vào hồ sơ khác. Hãy tách lần gộp sau trước." | "The record was merged into another one since. Undo that merge first.";
    merge_overtaken: "Số CCCD của hồ sơ cũ nay đã thuộc về người khác, nên không tách được." | "The citizen number of the old record belongs to somebody else by now, so this cannot be undone.";
    sign_in_failed: "Tên đăng nhập hoặc mật khẩu không đúng." | "The name or the password is wrong.";
    too_many_attempts(seconds: u64): "Thử quá nhiều lần. Hãy đợi {seconds} giây." | "Too many attempts. Wait {seconds} seconds.";
    link_not_valid: "Đường dẫn hoặc mã này đã được dùng, đã hết hạn hoặc không đúng. Hãy xin mã mới." | "This link or code was used, has expired, or is wrong. Ask for a new one.";
    name_taken: "Đã có người dùng tên đăng nhập này." | "Somebody signs in with this already.";
    wrong_password: "Mật khẩu hiện tại không đúng." | "The present password is wrong.";
    has_account: "Người này đã có tài khoản." | "This person has an account already.";
    last_administrator: "Phải còn ít nhất một quản trị viên. Hãy cấp quyền cho người khác trước." | "Somebody has to stay administrator. Give the role to somebody else first.";
    file_too_large(megabytes: u64): "Tệp lớn hơn {megabytes} MB." | "The file is larger than {megabytes} MB.";
    not_a_spreadsheet: "Tệp này không phải bảng tính .xlsx, .xls, .ods hoặc .csv." | "This file is not a spreadsheet (.xlsx, .xls, .ods or .csv).";
    spreadsheet_locked: "Bảng tính có mật khẩu. Hãy lưu lại không đặt mật khẩu." | "The spreadsheet has a password. Save it without one.";
    spreadsheet_too_large(limit: usize): "Bảng tính quá lớn: tối đa {limit} dòng." | "The spreadsheet is too large: {limit} rows at most.";
    no_heading: "Không tìm thấy dòng tiêu đề có cột Họ và tên. Hãy dùng tệp mẫu." | "No row of headings with a name column was found. Use the template.";
    empty_spreadsheet: "Bảng tính không có người nào." | "There is nobody in the spreadsheet.";
    no_product_heading: "Không tìm thấy dòng tiêu đề có cột Tên sản phẩm. Hãy dùng tệp mẫu." | "No row of headings with a column for products was found. Use the template.";
    no_form_in_spreadsheet: "Bảng tính không có phiếu nào dưới dòng tiêu đề." | "There is no form under the headings of the spreadsheet.";
    no_course_heading: "Không tìm thấy dòng tiêu đề có cột Khóa học. Hãy dùng tệp mẫu." | "No row of headings with a column for courses was found. Use the template.";
    no_line_in_spreadsheet: "Bảng tính không có dòng kế hoạch nào dưới dòng tiêu đề." | "There is no plan line under the headings of the spreadsheet.";
    unknown_course: "Không có khóa học mang mã hoặc tên này." | "No course of this code or title is known.";
    unknown_line: "Kế hoạch năm này không có dòng mang mã này. Để trống mã nếu là dòng mới." | "This year's plan has no line of this code. Leave it empty for a new line.";
    unknown_unit: "Không có đơn vị hành chính này." | "There is no such unit.";
    ambiguous_unit: "Có nhiều đơn vị cùng tên: hãy ghi thêm huyện hoặc mã." | "Several units have this name: add the district or the code.";
    unknown_organisation: "Chưa có tổ chức nào mang tên hoặc mã số thuế này." | "No organisation of this name or tax code is known.";
    ambiguous_organisation: "Có nhiều tổ chức cùng tên: hãy ghi mã số thuế hoặc đơn vị hành chính." | "Several organisations have this name: give the tax code or the unit.";
    open_quote(line: usize): "Dấu ngoặc kép mở ở dòng {line} không được đóng, nên các dòng sau bị gộp vào một ô. Hãy sửa dòng này rồi tải lên lại." | "The quotation mark that opens in line {line} is not closed, so that the lines after it become one cell. Correct that line and upload the file again.";
    broken_letters(line: usize): "Tệp CSV có chữ bị hỏng ở dòng {line}. Hãy mở tệp gốc, lưu lại dạng CSV UTF-8 hoặc .xlsx rồi tải lên." | "The CSV file has a broken letter in line {line}. Open the original, save it as CSV UTF-8 or .xlsx and upload it again.";
    readers_busy: "Hiện có nhiều tệp đang được đọc. Chưa có gì bị mất; hãy thử lại sau ít phút." | "Many files are being read at this moment. Nothing is lost; try again in a few minutes.";
    too_many_lists(files: usize, megabytes: u64, until: &str): "Bạn đang có nhiều danh sách chưa làm xong (tối đa {files} tệp hoặc {megabytes} MB). Hãy làm tiếp các danh sách đã gửi; tệp cũ nhất tự xóa lúc {until}." | "You have many lists that are not finished (at most {files} files or {megabytes} MB). Go on with those you sent; the oldest file is deleted on {until}.";
    twice_in_the_sheets(sheet: &str, first_row: usize): "Trùng với dòng {first_row} của trang tính “{sheet}”." | "The same as row {first_row} of the sheet “{sheet}”.";
    digits_lost: "Excel đã rút gọn số này và mất chữ số. Hãy gõ lại đủ các chữ số, định dạng ô là Văn bản." | "A spreadsheet shortened this number and lost digits. Type it in full, in a cell formatted as text.";
    no_name_column: "Hãy chọn cột ghi họ và tên." | "Choose the column with the names.";
    chosen_twice: "Đã chọn mục này cho một cột khác." | "This was chosen for another column already.";
    encoding_not_said: "Hãy chọn chữ nào đọc đúng." | "Choose which reads right.";
    import_busy: "Danh sách này đang được xử lý hoặc đã được lưu." | "This list is being worked on, or was stored already.";
    nothing_to_store: "Không có dòng nào lưu được." | "No row can be stored.";
    import_broken: "Hệ thống gặp lỗi nhiều lần khi nhập danh sách này. Hãy tải tệp lên lại sau; người đã lưu không bị lưu hai lần." | "The import broke off several times through no fault of the list. Upload the file again later: nobody is stored twice.";
    no_longer_allowed: "Người gửi danh sách không còn quyền nhập người." | "Who sent the list may no longer store people.";
    already_exists: "Đã có mục này." | "This exists already.";
    not_found: "Không tìm thấy." | "Not found.";
}

/// A refusal as a sentence.
pub(crate) fn sentences(l: Language, faults: &Faults) -> String {
    faults.0.iter().map(|fault| say(l, &fault.refusal)).collect::<Vec<_>>().join(" ")
}

/// A refusal as a sentence.
pub(crate) fn say(l: Language, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Missing => missing(l).into(),
        Refusal::TooLong { limit } => too_long(l, *limit),
        Refusal::NotAChoice => not_a_choice(l).into(),
        Refusal::NotANumber { least, most } => not_a_number(l, *least, *most),
        Refusal::NotADay => not_a_day(l).into(),
        Refusal::NotATime => not_a_time(l).into(),
        Refusal::NotAPhoneNumber => not_a_phone_number(l).into(),
        Refusal::NotAnEmailAddress => not_an_email_address(l).into(),
        Refusal::NotACitizenNumber => not_a_citizen_number(l).into(),
        Refusal::CitizenNumberDisagrees => citizen_number_disagrees(l).into(),
        Refusal::NotATaxCode => not_a_tax_code(l).into(),
        Refusal::TaxCodeCheckDigit => tax_code_check_digit(l).into(),
        Refusal::NotABirthday => not_a_birthday(l).into(),
        Refusal::NotAName => not_a_name(l).into(),
        Refusal::NotAUserName => not_a_user_name(l).into(),
        Refusal::PasswordTooShort { least } => password_too_short(l, *least),
        Refusal::PasswordTooCommon => password_too_common(l).into(),
        Refusal::PasswordsDiffer => passwords_differ(l).into(),
        Refusal::NoSession => no_session(l).into(),
        Refusal::PatternTooLong => pattern_too_long(l).into(),
        Refusal::SessionEndsBeforeStart => session_ends_before_start(l).into(),
        Refusal::SessionsOverlap => sessions_overlap(l).into(),
        Refusal::DeadlineAfterStart => deadline_after_start(l).into(),
        Refusal::SessionInThePast => session_in_the_past(l).into(),
        Refusal::CapacityBelowTaken { taken } => capacity_below_taken(l, *taken),
        Refusal::CapacityBelowHeld { taken, promised, offered } => capacity_below_held(l, *taken, *promised, *offered),
        Refusal::HasParticipants => has_participants(l).into(),
        Refusal::SessionMarked => session_marked(l).into(),
        Refusal::Clash(clash) => timetables::clash(l, clash),
        Refusal::MinimumAboveCapacity => minimum_above_capacity(l).into(),
        Refusal::BusyElsewhere { person, run, day } => busy_elsewhere(l, person, run, show_day(*day)),
        Refusal::SessionCancelled => session_cancelled(l).into(),
        Refusal::LastSession => last_session(l).into(),
        Refusal::NothingPrepared => nothing_prepared(l).into(),
        Refusal::NotPublished => not_published(l).into(),
        Refusal::AlreadyPublished => already_published(l).into(),
        Refusal::RunCancelled => run_cancelled(l).into(),
        Refusal::RunClosed => run_closed(l).into(),
        Refusal::HasInvitations => has_invitations(l).into(),
        Refusal::LineHasRuns { count } => line_has_runs(l, *count),
        Refusal::LineOfAnotherCourse => line_of_another_course(l).into(),
        Refusal::AlreadyPlanned { line } => already_planned(l, line),
        Refusal::NotEnded { last } => not_ended(l, show_day(*last)),
        Refusal::Full { left: ..=0, .. } => no_seat(l).to_owned(),
        Refusal::Full { left, asked } => full(l, *left, *asked),
        Refusal::DeadlinePassed { deadline } => deadline_passed(l, show_day(*deadline)),
        Refusal::WrongAudience => wrong_audience(l).into(),
        Refusal::CourseForOthers => course_for_others(l).into(),
        Refusal::AlreadyEnrolled => already_enrolled(l).into(),
        Refusal::TwiceInTheList { first_row } => twice_in_the_list(l, *first_row),
        Refusal::TwiceInTheSheets { sheet, first_row } => twice_in_the_sheets(l, sheet, *first_row),
        Refusal::CitizenNumberTaken => citizen_number_taken(l).into(),
        Refusal::SeveralFit { count } => several_fit(l, *count),
        Refusal::NumberInAddress => number_in_address(l).into(),
        Refusal::Withdrawn => withdrawn(l).into(),
        Refusal::PrerequisiteMissing { person, lacking } => prerequisite_missing(l, person, groups(l, lacking)),
        Refusal::RequiresItself => requires_itself(l).into(),
        Refusal::SubstitutionOver { until } => substitution_over(l, show_instant(*until)),
        Refusal::AlreadyAttended => already_attended(l).into(),
        Refusal::RunOfAnotherCourse => run_of_another_course(l).into(),
        Refusal::WalkInAnswered => walk_in_answered(l).into(),
        Refusal::NothingToUndo => nothing_to_undo(l).into(),
        Refusal::NobodyChosen => nobody_chosen(l).into(),
        Refusal::ApprovalNeeded => approval_needed(l).into(),
        Refusal::ApprovesByDoing { level } => approves_by_doing(l, requests::level(l, *level)),
        Refusal::NoApprovalNeeded => no_approval_needed(l).into(),
        Refusal::RequestInState { state } => request_in_state(l, requests::state_word(l, *state)),
        Refusal::AskedAlready { person } => asked_already(l, person),
        Refusal::RefusedBefore { person, day } => refused_before(l, person, show_day(*day)),
        Refusal::RunChosenTwice => run_chosen_twice(l).into(),
        Refusal::RunNotChosen => run_not_chosen(l).into(),
        Refusal::HasRequests => has_requests(l).into(),
        Refusal::OrganisationLimit { limit, taken } => organisation_limit(l, *limit, *taken),
        Refusal::NotSoManySeats { left, asked } => not_so_many_seats(l, *left, *asked),
        Refusal::AllotmentBelowNamed { named } => allotment_below_named(l, *named),
        Refusal::AllotmentEnded => allotment_ended(l).into(),
        Refusal::OfAnotherUnit => of_another_unit(l).into(),
        Refusal::PromisedTwice => promised_twice(l).into(),
        Refusal::NotWaiting => not_waiting(l).into(),
        Refusal::OfferExpired => offer_expired(l).into(),
        Refusal::OfferAnswered => offer_answered(l).into(),
        Refusal::NotBegun { day } => not_begun(l, show_day(*day)),
        Refusal::MarksMissing { count } => marks_missing(l, *count),
        Refusal::RegisterClosed => register_closed(l).into(),
        Refusal::ReasonMissing => reason_missing(l).into(),
        Refusal::ChangedMeanwhile => changed_meanwhile(l).into(),
        Refusal::CertificateIssued => certificate_issued(l).into(),
        Refusal::NothingToIssue => nothing_to_issue(l).into(),
        Refusal::Revoked => revoked(l).into(),
        Refusal::SignatoryMissing => signatory_missing(l).into(),
        Refusal::NotInThisState { state } => not_in_this_state(l, registration_state(l, *state)),
        Refusal::OutsideWindow { opens, closes } => outside_window(l, show_day(*opens), show_day(*closes)),
        Refusal::NoWindow => no_window(l).into(),
        Refusal::NoReceivingUnit => no_receiving_unit(l).into(),
        Refusal::ClosesBeforeOpening => closes_before_opening(l).into(),
        Refusal::WeightsNotHundred { total } => weights_not_hundred(l, *total),
        Refusal::CriteriaInUse => criteria_in_use(l).into(),
        Refusal::NotAnAmount => not_an_amount(l).into(),
        Refusal::NoRemark => no_remark(l).into(),
        Refusal::DayInThePast => day_in_the_past(l).into(),
        Refusal::DayInTheFuture => day_in_the_future(l).into(),
        Refusal::NotItsDuplicate => not_its_duplicate(l).into(),
        Refusal::DossierIncomplete { missing } => dossier_incomplete(l, *missing),
        Refusal::NotAProducer => not_a_producer(l).into(),
        Refusal::NotAnAcceptedFile => not_an_accepted_file(l).into(),
        Refusal::TooManyFiles { limit } => too_many_files(l, *limit),
        Refusal::NotFeasible => not_feasible(l).into(),
        Refusal::EmptyList => empty_list(l).into(),
        Refusal::ListFrozen => list_frozen(l).into(),
        Refusal::ListNotWaiting => list_not_waiting(l).into(),
        Refusal::InAnotherList => in_another_list(l).into(),
        Refusal::ListFull { limit } => list_full(l, *limit),
        Refusal::ListForwarded => list_forwarded(l).into(),
        Refusal::ListNotAccepted => list_not_accepted(l).into(),
        Refusal::NothingChosen => nothing_chosen(l).into(),
        Refusal::DecisionPublished => decision_published(l).into(),
        Refusal::DecisionOfAnotherDay { day } => decision_of_another_day(l, show_day(*day)),
        Refusal::NotSelected { year } => not_selected(l, *year),
        Refusal::SelectionOfOthers => selection_of_others(l).into(),
        Refusal::NoProgramme { year } => no_programme(l, *year),
        Refusal::NoExceptionNeeded => no_exception_needed(l).into(),
        Refusal::ExceptionWithdrawn => exception_withdrawn(l).into(),
        Refusal::NotPrintable { text } => not_printable(l, text),
        Refusal::NotAnHttpsLink => not_an_https_link(l).into(),
        Refusal::RoomBooked { sessions } => {
            let named = sessions.iter().map(|(day, run)| format!("{} ({run})", show_day(*day)));
            room_booked(l, named.collect::<Vec<_>>().join("; "))
        }
        Refusal::BothHavePlaces { run } => both_have_places(l, run),
        Refusal::TwoPlacesAtOnce { run, day } => two_places_at_once(l, run, show_day(*day)),
        Refusal::BothHaveAccounts => both_have_accounts(l).into(),
        Refusal::BothHave { what } => both_have(l, what),
        Refusal::ToldApart => told_apart(l).into(),
        Refusal::MergeUndone => merge_undone(l).into(),
        Refusal::MergedOnward => merged_onward(l).into(),
        Refusal::MergeOvertaken => merge_overtaken(l).into(),
        Refusal::SignInFailed => sign_in_failed(l).into(),
        Refusal::TooManyAttempts { seconds } => too_many_attempts(l, *seconds),
        Refusal::LinkNotValid => link_not_valid(l).into(),
        Refusal::NameTaken => name_taken(l).into(),
        Refusal::WrongPassword => wrong_password(l).into(),
        Refusal::HasAccount => has_account(l).into(),
        Refusal::LastAdministrator => last_administrator(l).into(),
        Refusal::FileTooLarge { limit } => file_too_large(l, limit / 1_000_000),
        Refusal::NotASpreadsheet => not_a_spreadsheet(l).into(),
        Refusal::SpreadsheetLocked => spreadsheet_locked(l).into(),
        Refusal::SpreadsheetTooLarge { limit } => spreadsheet_too_large(l, *limit),
        Refusal::OpenQuote { line } => open_quote(l, *line),
        Refusal::BrokenLetters { line } => broken_letters(l, *line),
        Refusal::ReadersBusy => readers_busy(l).into(),
        Refusal::TooManyLists { files, bytes, until } => too_many_lists(l, *files, bytes >> 20, &show_instant(*until)),
        Refusal::NoHeading => no_heading(l).into(),
        Refusal::EmptySpreadsheet => empty_spreadsheet(l).into(),
        Refusal::NoProductHeading => no_product_heading(l).into(),
        Refusal::NoFormInSpreadsheet => no_form_in_spreadsheet(l).into(),
        Refusal::NoCourseHeading => no_course_heading(l).into(),
        Refusal::NoLineInSpreadsheet => no_line_in_spreadsheet(l).into(),
        Refusal::UnknownCourse => unknown_course(l).into(),
        Refusal::UnknownLine => unknown_line(l).into(),
        Refusal::UnknownUnit => unknown_unit(l).into(),
        Refusal::AmbiguousUnit => ambiguous_unit(l).into(),
        Refusal::UnknownOrganisation => unknown_organisation(l).into(),
        Refusal::AmbiguousOrganisation => ambiguous_organisation(l).into(),
        Refusal::DigitsLost => digits_lost(l).into(),
        Refusal::NoNameColumn => no_name_column(l).into(),
        Refusal::ChosenTwice => chosen_twice(l).into(),
        Refusal::EncodingNotSaid => encoding_not_said(l).into(),
        Refusal::ImportBusy => import_busy(l).into(),
        Refusal::NothingToStore => nothing_to_store(l).into(),
        Refusal::ImportBroken => import_broken(l).into(),
        Refusal::NoLongerAllowed => no_longer_allowed(l).into(),
        Refusal::AlreadyExists => already_exists(l).into(),
        Refusal::NotFound => not_found(l).into(),
    }
}

/// What somebody lacks: of each group any of its courses.
fn groups(l: Language, lacking: &[Lacking]) -> String {
    let group = |lacking: &Lacking| {
        let titles = any_of(l, &lacking.any_of);
        match (lacking.within_years, lacking.lapsed_on) {
            (_, Some(day)) => lapsed(l, &titles, show_day(day)),
            (Some(years), None) => within(l, &titles, years),
            (None, None) => titles,
        }
    };
    lacking.iter().map(group).collect::<Vec<_>>().join(and(l))
}

/// Titles of courses of which any one is meant.
pub(crate) fn any_of(l: Language, courses: &[(String, String)]) -> String {
    let title = |(vietnamese, english): &(String, String)| match l {
        Language::Vietnamese => titled(l, vietnamese),
        Language::English => titled(l, english),
    };
    courses.iter().map(title).collect::<Vec<_>>().join(or(l))
}

/// The groups that a course requires, as one sentence.
pub(crate) fn required(l: Language, groups: &[Group]) -> String {
    let group = |group: &Group| match group.rule.within_years {
        Some(years) => within(l, &any_of(l, &group.titles), years),
        None => any_of(l, &group.titles),
    };
    groups.iter().map(group).collect::<Vec<_>>().join(and(l))
}
