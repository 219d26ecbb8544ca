//! QR codes as a scanner sees them.

use documents::qr::{QUIET_ZONE, matrix};

#[test]
fn a_scanner_reads_the_code() {
    let address = "https://taphuan.example.vn/verify/7Q4M9TZK2WXE5R8C";
    let modules = matrix(address).unwrap();
    let pixels = 4;
    let side = (modules.len() + 2 * QUIET_ZONE) * pixels;
    let dark = |x: usize, y: usize| {
        let inside = |at: usize| (at / pixels).checked_sub(QUIET_ZONE);
        inside(y).zip(inside(x)).is_some_and(|(y, x)| modules.get(y).and_then(|row| row.get(x)) == Some(&true))
    };
    let mut image = rqrr::PreparedImage::prepare_from_bitmap(side, side, dark);
    let found = image.detect_grids();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].decode().unwrap().1, address);
}
