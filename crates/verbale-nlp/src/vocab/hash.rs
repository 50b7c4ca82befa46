//! The two hashes of spaCy: of strings, and of ids in embedding tables.

const M: u64 = 0xc6a4_a793_5bd1_e995;

/// MurmurHash64A with seed 1, by which spaCy names strings.
///
/// Source: A. Appleby, MurmurHash2, public domain.
pub(super) fn murmur64a(bytes: &[u8]) -> u64 {
    let mut h = 1 ^ (bytes.len() as u64).wrapping_mul(M);
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let mut k = u64::from_le_bytes(word.try_into().expect("a chunk of eight bytes"));
        k = k.wrapping_mul(M);
        k ^= k >> 47;
        h = (h ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    let rest = words.remainder();
    if !rest.is_empty() {
        let tail = rest.iter().rev().fold(0, |n, &b| n << 8 | u64::from(b));
        h = (h ^ tail).wrapping_mul(M);
    }
    h ^= h >> 47;
    h = h.wrapping_mul(M);
    h ^ h >> 47
}

/// The four rows of an embedding table that stand for an id: MurmurHash3 (x64, 128 bits) of its eight bytes, in words of 32 bits.
///
/// Source: A. Appleby, MurmurHash3, public domain; thinc's `HashEmbed` for the use of its words.
pub(crate) fn rows(id: u64, seed: u32) -> [u32; 4] {
    const C1: u64 = 0x87c3_7b91_1142_53d5;
    const C2: u64 = 0x4cf5_ad43_2745_937f;
    let k = id.wrapping_mul(C1).rotate_left(31).wrapping_mul(C2);
    let seed = u64::from(seed);
    let mut h1 = k ^ seed ^ 8;
    let mut h2 = seed ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

fn mix(mut h: u64) -> u64 {
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 33;
    h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ h >> 33
}
