//! The key of the house: what citizen numbers are sealed with, and found by.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use domain::ids::{PersonId, UploadId};
use domain::people::CitizenId;
use hmac::{Hmac, Mac as _};
use sha2_of_hmac::Sha256;
use store::people::SealedNumber;

/// How many bytes of a sealed number are its nonce.
const NONCE: usize = 24;

/// The keys that an installation holds, each for one use, all made of one secret that is kept outside the database.
#[derive(Clone)]
pub struct Keys {
    sealing: [u8; 32],
    indexing: [u8; 32],
    check: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys")
    }
}

impl Keys {
    /// The keys made of a secret of 256 random bits.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Keys {
        Keys {
            sealing: mac(secret, "ocop-training citizen number: sealing, version 1"),
            indexing: mac(secret, "ocop-training citizen number: index, version 1"),
            check: hex(&mac(secret, "ocop-training citizen number: which key, version 1")),
        }
    }

    /// What tells these keys from others, and tells nothing else about them.
    #[must_use]
    pub fn check(&self) -> &str {
        &self.check
    }

    /// What a number is found by: the same number always has the same index, and nobody without the key can try numbers out.
    #[must_use]
    pub fn index(&self, number: &CitizenId) -> String {
        hex(&mac(&self.indexing, number.as_str()))
    }

    /// Seals the number of a person, with a nonce that is never used again. Sealed for one person, it cannot be read as
    /// another's: who writes into the database cannot move it.
    #[must_use]
    pub fn seal(&self, person: PersonId, number: &CitizenId, nonce: [u8; NONCE]) -> SealedNumber {
        let payload = Payload { msg: number.as_str().as_bytes(), aad: person.0.as_bytes() };
        // Only a text of more than 256 GB is refused.
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).ok();
        let sealed = sealed.map(|text| [nonce.as_slice(), &text].concat());
        let index = sealed.is_some().then(|| self.index(number));
        SealedNumber { sealed, index }
    }

    /// The number of a person; none when none is known, or what is kept was not sealed for this person with these keys.
    #[must_use]
    pub fn open(&self, person: PersonId, number: &SealedNumber) -> Option<CitizenId> {
        let (nonce, text) = number.sealed.as_deref()?.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: text, aad: person.0.as_bytes() };
        let text = self.cipher().decrypt(&XNonce::from(*nonce), payload).ok()?;
        String::from_utf8(text).ok()?.parse().ok()
    }

    /// Seals what a list of people says, with a nonce that is never used again: citizen numbers stand in it.
    #[must_use]
    pub fn seal_list(&self, upload: UploadId, said: &[u8], nonce: [u8; NONCE]) -> Vec<u8> {
        let payload = Payload { msg: said, aad: upload.0.as_bytes() };
        // Only more than 256 GB are refused, and what is empty opens to nothing.
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
        [nonce.as_slice(), &sealed].concat()
    }

    /// What a list says; none for what was not sealed for this list with these keys.
    #[must_use]
    pub fn open_list(&self, upload: UploadId, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        self.cipher().decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: upload.0.as_bytes() }).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.sealing.into())
    }
}

fn mac(key: &[u8; 32], text: &str) -> [u8; 32] {
    // A key that is shorter than a block of the hash is filled up with zeros (RFC 2104).
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    Hmac::<Sha256>::new(&block.into()).chain_update(text.as_bytes()).finalize().into_bytes().into()
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes of hexadecimal digits; none for anything else.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    text.len().is_multiple_of(2).then(|| text.as_bytes().chunks(2).map(pair).collect())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(n: u128) -> PersonId {
        PersonId(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn a_number_is_read_by_its_key_for_its_person_alone() {
        let keys = Keys::new(&[1; 32]);
        let number: CitizenId = "038185001234".parse().unwrap();
        let sealed = keys.seal(person(1), &number, [2; NONCE]);
        assert_eq!(keys.open(person(1), &sealed), Some(number));
        assert_eq!(keys.open(person(2), &sealed), None, "moved to somebody else");
        assert_eq!(Keys::new(&[3; 32]).open(person(1), &sealed), None, "another key");
        let mut broken = sealed.clone();
        if let Some(byte) = broken.sealed.as_mut().and_then(|bytes| bytes.last_mut()) {
            *byte ^= 1;
        }
        assert_eq!(keys.open(person(1), &broken), None, "a bit was turned");
        assert_eq!(keys.open(person(1), &SealedNumber::default()), None);
        let text = sealed.sealed.unwrap_or_default();
        assert!(!text.windows(6).any(|window| window == b"038185"), "nothing is in the clear");
    }

    #[test]
    fn the_same_number_is_found_however_often_it_is_sealed() {
        let keys = Keys::new(&[1; 32]);
        let number: CitizenId = "38185001234".parse().unwrap();
        let (one, other) = (keys.seal(person(1), &number, [1; NONCE]), keys.seal(person(2), &number, [2; NONCE]));
        assert_eq!(one.index, other.index);
        assert_ne!(one.sealed, other.sealed);
        assert_ne!(one.index, Some(Keys::new(&[3; 32]).index(&number)));
        assert_ne!(keys.check(), Keys::new(&[3; 32]).check());
    }

    #[test]
    fn a_list_is_read_by_its_key_alone() {
        let (keys, list) = (Keys::new(&[1; 32]), UploadId(uuid::Uuid::from_u128(1)));
        let sealed = keys.seal_list(list, b"Le An;038185001234", [2; NONCE]);
        assert!(!sealed.windows(6).any(|window| window == b"038185"), "nothing is in the clear");
        assert_eq!(keys.open_list(list, &sealed).as_deref(), Some(b"Le An;038185001234".as_slice()));
        assert_eq!(keys.open_list(UploadId(uuid::Uuid::from_u128(2)), &sealed), None, "moved to another list");
        assert_eq!(Keys::new(&[3; 32]).open_list(list, &sealed), None, "another key");
        assert_eq!(keys.open_list(list, b"short"), None);
    }

    #[test]
    fn hexadecimal_digits_are_bytes() {
        assert_eq!(unhex(&hex(&[0, 171, 255])), Some(vec![0, 171, 255]));
        for text in ["0", "0g", "é0"] {
            assert_eq!(unhex(text), None, "{text}");
        }
    }
}
