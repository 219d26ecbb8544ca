//! Venues and their rooms.

wording! {
    title: "Địa điểm và phòng" | "Venues and rooms";
    why: "Nơi tổ chức lớp: phòng, số chỗ, thiết bị, lịch sử dụng." | "Where classes are held: rooms, seats, equipment, bookings.";
    lead: "Các nơi tổ chức lớp, theo địa bàn. Lớp chọn phòng ở đây thì không bị trùng phòng." | "Places for classes, by unit. A class that chooses a room from here cannot clash over it.";
    new: "Thêm địa điểm" | "Add a venue";
    edit: "Sửa địa điểm" | "Change the venue";
    search: "Tìm theo tên, địa bàn, địa chỉ" | "Name, unit or address";
    find: "Tìm" | "Find";
    none: "Chưa có địa điểm nào" | "No venues yet";
    none_advice: "Thêm nơi tổ chức lớp và các phòng của nơi đó." | "Add a place for classes and its rooms.";
    none_found: "Không có địa điểm nào phù hợp" | "No venue matches";
    none_found_advice: "Thử một phần của tên, không cần dấu." | "Try a part of the name, tones do not matter.";
    none_reader: "Văn phòng Điều phối sẽ thêm địa điểm ở đây." | "The coordination office adds venues here.";
    venue: "Địa điểm" | "Venue";
    name: "Tên địa điểm" | "Name of the venue";
    unit: "Địa bàn" | "Unit";
    choose: "Chọn…" | "Choose…";
    address: "Địa chỉ" | "Address";
    address_hint: "Số nhà, đường, thôn; có thể để trống." | "House, road, hamlet; may stay empty.";
    map_link: "Đường dẫn bản đồ" | "Link to a map";
    map_link_hint: "Sao chép từ bản đồ trên mạng, bắt đầu bằng https://." | "Copied from a map on the web, beginning with https://.";
    map: "Xem bản đồ" | "Show on a map";
    equipment: "Thiết bị" | "Equipment";
    save: "Lưu" | "Save";
    rooms: "Phòng" | "Rooms";
    seats: "Số chỗ" | "Seats";
    seats_count(seats: i64): "{seats} chỗ" | "{seats} seats";
    no_room: "Chưa có phòng nào. Phòng là thứ được đặt cho một buổi học." | "No rooms yet. A room is what a session books.";
    room_name: "Tên phòng" | "Name of the room";
    add_room: "Thêm phòng" | "Add a room";
    change_room: "Lưu phòng" | "Save the room";
    retired: "Ngừng dùng" | "Out of use";
    retired_since(day: String): "Ngừng dùng từ {day}. Không chọn được cho lớp mới; các buổi đã học vẫn giữ nguyên." | "Out of use since {day}. New classes cannot choose it; what was held here stays.";
    retire: "Ngừng dùng địa điểm này" | "Take this venue out of use";
    retire_room(name: &str): "Ngừng dùng {name}" | "Take {name} out of use";
    bring_back: "Dùng lại địa điểm này" | "Take this venue into use again";
    bring_room_back(name: &str): "Dùng lại {name}" | "Take {name} into use again";
    booked: "Lịch sử dụng từ hôm nay" | "Booked from today on";
    booked_none: "Chưa có buổi học nào ở đây từ hôm nay." | "No session is held here from today on.";
    day: "Ngày" | "Day";
    time: "Giờ" | "Time";
    room: "Phòng" | "Room";
    class: "Lớp" | "Class";
    draft: "bản nháp" | "draft";
    saved: "Đã lưu." | "Saved.";
}
