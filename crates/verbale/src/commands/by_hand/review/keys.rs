//! Keys and lines that a person types, on a terminal or through a pipe.

use std::io::{self, BufRead, BufReader, IsTerminal, Read, Stdin, Write};

use console::{Key, Term};

/// Where keys come from.
pub(super) enum Keys {
    /// A terminal: a key counts as soon as it is pressed.
    Terminal(Term),
    /// A pipe or file: characters one after the other; blanks and line ends between keys do not count.
    Pipe(Piped<Stdin>),
}

impl Keys {
    /// Standard input.
    pub(super) fn open() -> Self {
        if io::stdin().is_terminal() && io::stdout().is_terminal() {
            Self::Terminal(Term::stdout())
        } else {
            Self::Pipe(Piped::new(io::stdin()))
        }
    }

    /// The next key after `prompt`; `None` at the end of the input, at Escape and at an interruption.
    pub(super) fn key(&mut self, prompt: &str) -> io::Result<Option<char>> {
        write_now(prompt)?;
        let key = match self {
            Self::Pipe(piped) => piped.key()?,
            Self::Terminal(terminal) => loop {
                match terminal.read_key() {
                    Ok(Key::Char(key)) => break Some(key),
                    Ok(Key::Escape | Key::CtrlC) => break None,
                    Ok(_) => {}
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => break None,
                    Err(e) => return Err(e),
                }
            },
        };
        match key {
            Some(key) => write_now(&format!("{key}\n"))?,
            None => write_now("\n")?,
        }
        Ok(key)
    }

    /// The next line after `prompt`; `None` if it is empty, or at the end of the input.
    pub(super) fn line(&mut self, prompt: &str) -> io::Result<Option<String>> {
        write_now(prompt)?;
        let line = match self {
            Self::Pipe(piped) => piped.line()?,
            Self::Terminal(_) => {
                let mut line = String::new();
                io::stdin().read_line(&mut line)?;
                line
            }
        };
        let line = line.trim();
        Ok((!line.is_empty()).then(|| line.to_owned()))
    }
}

fn write_now(words: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(words.as_bytes())?;
    out.flush()
}

/// Keys and lines out of a stream of bytes.
pub(super) struct Piped<R> {
    input: BufReader<R>,
    /// True if the last thing read was a key: the end of its line is not an empty line.
    after_key: bool,
}

impl<R: Read> Piped<R> {
    fn new(input: R) -> Self {
        Self {
            input: BufReader::new(input),
            after_key: false,
        }
    }

    fn key(&mut self) -> io::Result<Option<char>> {
        self.after_key = true;
        for byte in self.input.by_ref().bytes() {
            let byte = byte?;
            if !byte.is_ascii_whitespace() {
                return Ok(Some(char::from(byte)));
            }
        }
        Ok(None)
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.input.read_line(&mut line)?;
        if std::mem::take(&mut self.after_key) && line.trim().is_empty() {
            line.clear();
            self.input.read_line(&mut line)?;
        }
        Ok(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_lines_share_a_stream() {
        let mut piped = Piped::new(&b"a\n r e\nvalue\n13\n\nq"[..]);
        let mut seen = Vec::new();
        for _ in 0..3 {
            seen.push(piped.key().expect("a slice can be read"));
        }
        assert_eq!(seen, [Some('a'), Some('r'), Some('e')]);
        for expected in ["value\n", "13\n", "\n"] {
            assert_eq!(piped.line().expect("a slice can be read"), expected);
        }
        assert_eq!(piped.key().expect("a slice can be read"), Some('q'));
        assert_eq!(piped.key().expect("a slice can be read"), None);
        assert_eq!(piped.line().expect("a slice can be read"), "");
    }
}
