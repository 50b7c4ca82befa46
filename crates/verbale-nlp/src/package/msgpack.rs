//! A reader of MessagePack that borrows from its input.
//!
//! Every length is checked against the bytes that are left before anything is allocated, and nesting is bounded, so that a
//! hostile file costs no more memory than a small multiple of its size. Writing and extension types are not here.
//! Source: the MessagePack specification.

/// Deepest nesting that is read; the files of pipelines nest five deep.
const MAX_DEPTH: u32 = 32;

/// A value, borrowed from the bytes it was read from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Nil,
    Bool(bool),
    Int(i64),
    /// An integer past `i64::MAX`; smaller ones are `Int`.
    UInt(u64),
    Float(f64),
    Str(&'a str),
    Bin(&'a [u8]),
    Array(Vec<Value<'a>>),
    Map(Vec<(Value<'a>, Value<'a>)>),
}

/// Why bytes are not MessagePack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Malformed {
    #[error("it ends in the middle of a value")]
    Truncated,
    #[error("a string is not UTF-8")]
    NotUtf8,
    #[error("values nest too deep")]
    TooDeep,
    #[error("it holds a type that pipelines do not use")]
    UnknownType,
    #[error("bytes follow the value")]
    Trailing,
}

/// Reads exactly one value.
pub(crate) fn read(bytes: &[u8]) -> Result<Value<'_>, Malformed> {
    let mut reader = Reader { bytes };
    let value = reader.value(MAX_DEPTH)?;
    if reader.bytes.is_empty() {
        Ok(value)
    } else {
        Err(Malformed::Trailing)
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], Malformed> {
        let (head, tail) = self.bytes.split_at_checked(n).ok_or(Malformed::Truncated)?;
        self.bytes = tail;
        Ok(head)
    }

    /// A big-endian number of `N` bytes.
    fn number<const N: usize>(&mut self) -> Result<u64, Malformed> {
        let bytes = self.take(N)?;
        Ok(bytes.iter().fold(0, |n, &b| n << 8 | u64::from(b)))
    }

    fn length<const N: usize>(&mut self) -> Result<usize, Malformed> {
        usize::try_from(self.number::<N>()?).map_err(|_| Malformed::Truncated)
    }

    fn value(&mut self, depth: u32) -> Result<Value<'a>, Malformed> {
        let marker = self.take(1)?[0];
        Ok(match marker {
            0x00..=0x7f => Value::Int(i64::from(marker)),
            0x80..=0x8f => self.map(usize::from(marker & 0x0f), depth)?,
            0x90..=0x9f => self.array(usize::from(marker & 0x0f), depth)?,
            0xa0..=0xbf => self.str(usize::from(marker & 0x1f))?,
            0xc0 => Value::Nil,
            0xc2 => Value::Bool(false),
            0xc3 => Value::Bool(true),
            0xc4 => self.bin::<1>()?,
            0xc5 => self.bin::<2>()?,
            0xc6 => self.bin::<4>()?,
            0xca => Value::Float(f64::from(f32::from_bits(self.number::<4>()? as u32))),
            0xcb => Value::Float(f64::from_bits(self.number::<8>()?)),
            0xcc => unsigned(self.number::<1>()?),
            0xcd => unsigned(self.number::<2>()?),
            0xce => unsigned(self.number::<4>()?),
            0xcf => unsigned(self.number::<8>()?),
            0xd0 => Value::Int(i64::from(self.number::<1>()? as u8 as i8)),
            0xd1 => Value::Int(i64::from(self.number::<2>()? as u16 as i16)),
            0xd2 => Value::Int(i64::from(self.number::<4>()? as u32 as i32)),
            0xd3 => Value::Int(self.number::<8>()? as i64),
            0xd9 => self.length::<1>().and_then(|n| self.str(n))?,
            0xda => self.length::<2>().and_then(|n| self.str(n))?,
            0xdb => self.length::<4>().and_then(|n| self.str(n))?,
            0xdc => self.length::<2>().and_then(|n| self.array(n, depth))?,
            0xdd => self.length::<4>().and_then(|n| self.array(n, depth))?,
            0xde => self.length::<2>().and_then(|n| self.map(n, depth))?,
            0xdf => self.length::<4>().and_then(|n| self.map(n, depth))?,
            0xe0..=0xff => Value::Int(i64::from(marker as i8)),
            _ => return Err(Malformed::UnknownType),
        })
    }

    fn str(&mut self, n: usize) -> Result<Value<'a>, Malformed> {
        std::str::from_utf8(self.take(n)?)
            .map(Value::Str)
            .map_err(|_| Malformed::NotUtf8)
    }

    fn bin<const N: usize>(&mut self) -> Result<Value<'a>, Malformed> {
        let n = self.length::<N>()?;
        self.take(n).map(Value::Bin)
    }

    fn array(&mut self, n: usize, depth: u32) -> Result<Value<'a>, Malformed> {
        let depth = self.descend(n, depth)?;
        (0..n)
            .map(|_| self.value(depth))
            .collect::<Result<_, _>>()
            .map(Value::Array)
    }

    fn map(&mut self, n: usize, depth: u32) -> Result<Value<'a>, Malformed> {
        let depth = self.descend(n, depth)?;
        (0..n)
            .map(|_| Ok((self.value(depth)?, self.value(depth)?)))
            .collect::<Result<_, _>>()
            .map(Value::Map)
    }

    /// Every item takes a byte at least, so that a length past the input is found before room is made for it.
    fn descend(&self, n: usize, depth: u32) -> Result<u32, Malformed> {
        if n > self.bytes.len() {
            return Err(Malformed::Truncated);
        }
        depth.checked_sub(1).ok_or(Malformed::TooDeep)
    }
}

fn unsigned(n: u64) -> Value<'static> {
    i64::try_from(n).map_or(Value::UInt(n), Value::Int)
}

impl<'a> Value<'a> {
    pub(crate) fn as_str(&self) -> Option<&'a str> {
        match self {
            Self::Str(s) => Some(s),
            _ => None,
        }
    }

    pub(crate) fn as_bin(&self) -> Option<&'a [u8]> {
        match self {
            Self::Bin(b) => Some(b),
            _ => None,
        }
    }

    pub(crate) fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Int(n) => Some(*n),
            _ => None,
        }
    }

    pub(crate) fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Int(n) => u64::try_from(*n).ok(),
            Self::UInt(n) => Some(*n),
            _ => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&[Value<'a>]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn as_map(&self) -> Option<&[(Value<'a>, Value<'a>)]> {
        match self {
            Self::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value under a key that is a string, or the same bytes as a blob.
    pub(crate) fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.as_map()?.iter().find_map(|(k, v)| match k {
            Value::Str(s) if *s == key => Some(v),
            Value::Bin(b) if *b == key.as_bytes() => Some(v),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Result<Value<'_>, Malformed>) {
        assert_eq!(read(bytes), expected);
    }

    #[test]
    fn values() {
        check(&[0x05], Ok(Value::Int(5)));
        check(&[0xff], Ok(Value::Int(-1)));
        check(&[0xd1, 0xff, 0x00], Ok(Value::Int(-256)));
        check(
            &[0xcf, 0xff, 0, 0, 0, 0, 0, 0, 1],
            Ok(Value::UInt(0xff00_0000_0000_0001)),
        );
        check(&[0xca, 0x3f, 0x80, 0, 0], Ok(Value::Float(1.0)));
        check(b"\xa2ab", Ok(Value::Str("ab")));
        check(&[0xc4, 1, 9], Ok(Value::Bin(&[9])));
        check(
            &[0x92, 0xc0, 0xc3],
            Ok(Value::Array(vec![Value::Nil, Value::Bool(true)])),
        );
        let map = read(b"\x81\xa1k\x07").unwrap();
        assert_eq!(map.get("k").and_then(Value::as_i64), Some(7));
        assert_eq!(map.get("x"), None);
    }

    #[test]
    fn what_is_not_a_value() {
        check(&[], Err(Malformed::Truncated));
        check(&[0xa2, b'a'], Err(Malformed::Truncated));
        check(&[0xdd, 0xff, 0xff, 0xff, 0xff], Err(Malformed::Truncated));
        check(&[0xa1, 0xff], Err(Malformed::NotUtf8));
        check(&[0xc1], Err(Malformed::UnknownType));
        check(&[1, 2], Err(Malformed::Trailing));
        check(&[0x91; 1000], Err(Malformed::TooDeep));
    }
}
