//! Names of posts: whose, of what kind, where.

use std::fmt;

use crate::{Bag, Lexicon, measure::place_of, words::words};

/// A post as the words of a page name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostName {
    /// `embassy`, `consulate`, `mission`, …
    pub kind: String,
    /// The sending state, as written; empty where the page leaves it out.
    pub sender: String,
    /// True if the page names it by an adjective: "the German embassy".
    pub is_adjective: bool,
    /// The city or state, as written; empty where the page leaves it out.
    pub place: String,
}

impl fmt::Display for PostName {
    /// "embassy of Norvale in Selmira", "German embassy in Pyongyang".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.sender.as_str(), self.is_adjective) {
            ("", _) => f.write_str(&self.kind)?,
            (sender, true) => write!(f, "{sender} {}", self.kind)?,
            (sender, false) => write!(f, "{} of {sender}", self.kind)?,
        }
        if !self.place.is_empty() {
            write!(f, " in {}", self.place)?;
        }
        Ok(())
    }
}

/// What identifies a post: kind, sender, place, as stems.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PostKey {
    pub(super) kind: String,
    pub(super) sender: Bag,
    pub(super) place: Bag,
}

const KINDS: &[&str] = &[
    "embassy",
    "consulate",
    "mission",
    "legation",
    "delegation",
    "office",
];

/// The posts that these words name; several for "embassies of A and B".
pub(super) fn posts_in(text: &str) -> Vec<PostName> {
    let text = text.split(" / ").next().unwrap_or_default();
    let split: Vec<&str> = text.split_whitespace().collect();
    // Any authority has an office; only a liaison office is a post.
    let is_post = |at: &usize| match kind_of(split[*at]) {
        Some("office") => split[..*at]
            .last()
            .is_some_and(|w| w.eq_ignore_ascii_case("liaison")),
        kind => kind.is_some(),
    };
    let Some(at) = (0..split.len()).find(is_post) else {
        return Vec::new();
    };
    let kind = kind_of(split[at]).unwrap_or_default();
    let (mut sender, mut place) = (Vec::new(), Vec::new());
    let mut part = Part::Neither;
    for word in &split[at + 1..] {
        match word.to_lowercase().as_str() {
            "of" if part == Part::Neither => part = Part::Sender,
            "in" | "to" | "at" => part = Part::Place,
            _ if part == Part::Sender => sender.push(*word),
            _ if part == Part::Place => place.push(*word),
            _ => break,
        }
    }
    let stands_before = sender.is_empty();
    if stands_before {
        // The names right before the word: in a whole sentence, others stand further off.
        let before = split[..at]
            .iter()
            .rev()
            .take_while(|w| is_name(w) || is_joint(w));
        sender = before
            .copied()
            .filter(|w| is_name(w) || *w == "and")
            .collect();
        sender.reverse();
    }
    // "In three districts" is where somebody works, not where the post stands.
    let place = if place.iter().any(|w| is_name(w)) {
        without_article(&place.join(" "))
    } else {
        String::new()
    };
    let senders = sender.join(" ");
    let senders = senders.trim_end_matches(['’', '\'']);
    let each = senders
        .split(" and ")
        .map(|s| without_possessive(&without_article(s)));
    let post = |sender: String| PostName {
        kind: kind.to_owned(),
        is_adjective: stands_before && !senders.contains("'s") && !senders.contains("’s"),
        sender,
        place: place.clone(),
    };
    each.map(post).collect()
}

#[derive(PartialEq)]
enum Part {
    Neither,
    Sender,
    Place,
}

fn kind_of(word: &str) -> Option<&'static str> {
    let word = words(word).pop()?.0;
    let singular = match word.strip_suffix("ies") {
        Some(base) => format!("{base}y"),
        None => word.strip_suffix('s').unwrap_or(&word).to_owned(),
    };
    KINDS.iter().copied().find(|k| *k == singular || *k == word)
}

fn is_name(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && !word.eq_ignore_ascii_case("the")
}

/// Words that may stand between the names of senders.
fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "and" | "the" | "The" | "own" | "closed" | "new" | "former"
    )
}

fn without_article(text: &str) -> String {
    let text = text.trim();
    ["the ", "The "]
        .iter()
        .find_map(|a| text.strip_prefix(a))
        .unwrap_or(text)
        .to_owned()
}

fn without_possessive(text: &str) -> String {
    ["'s", "’s"]
        .iter()
        .find_map(|s| text.strip_suffix(s))
        .unwrap_or(text)
        .to_owned()
}

impl PostName {
    pub(super) fn key(&self, lexicon: &Lexicon) -> PostKey {
        let place = place_of(lexicon, &self.place);
        // An embassy stands in the capital: "to the DPRK" and "in Pyongyang" are one.
        let place = place.iter().filter(|s| *s != "capital").collect();
        PostKey {
            kind: self.kind.clone(),
            sender: Bag::of(lexicon, &self.sender),
            place,
        }
    }
}

impl PostKey {
    /// What all wordings of one post share: a name without a place can only join one of the same sender, and a
    /// name without a sender joins none.
    pub(super) fn filing_name(&self) -> String {
        format!("{} {}", self.kind, self.sender)
    }

    /// True if both can be one post: what one leaves out, the other may say.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let fits = |a: &Bag, b: &Bag| a == b || a.is_empty() || b.is_empty();
        self.kind == other.kind
            && !(self.sender.is_empty() && self.place.is_empty())
            && !(other.sender.is_empty() && other.place.is_empty())
            && fits(&self.sender, &other.sender)
            && fits(&self.place, &other.place)
            && (self.sender.n_shared(&other.sender) > 0
                || self.place == other.place && self.sender == other.sender)
    }

    /// How much of the post is named.
    pub(super) fn n_parts(&self) -> usize {
        usize::from(!self.sender.is_empty()) + usize::from(!self.place.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        posts_in(text).iter().map(PostName::to_string).collect()
    }

    #[test]
    fn posts_are_named_in_many_ways() {
        assert_eq!(
            names("Norvale’s embassy in Selmira / head"),
            ["embassy of Norvale in Selmira"]
        );
        assert_eq!(
            names("German embassy in Pyongyang"),
            ["German embassy in Pyongyang"]
        );
        assert_eq!(
            names("Embassy of Russia to the DPRK"),
            ["embassy of Russia in DPRK"]
        );
        assert_eq!(
            names("embassies of Garrow and Unter Tell in Port Amber"),
            [
                "embassy of Garrow in Port Amber",
                "embassy of Unter Tell in Port Amber"
            ]
        );
        assert_eq!(
            names(
                "The Foreign Office sent a team. It inspected the German embassy over several days."
            ),
            ["German embassy"]
        );
        assert_eq!(names("staff of the embassy in two districts"), ["embassy"]);
        assert_eq!(names("consular services of Brisa"), [] as [&str; 0]);
        assert_eq!(names("Office of the Ombudsman"), [] as [&str; 0]);
    }

    #[test]
    fn two_wordings_of_one_post_meet() {
        let lexicon = crate::lexicon::for_tests();
        let key = |text: &str| posts_in(text)[0].key(lexicon);
        assert!(
            key("the Russian embassy in Pyongyang").is_same(&key("Embassy of Russia to the DPRK"))
        );
        assert!(key("Norvalian consulate in Tarn").is_same(&key("Norvale’s consulate")));
        assert!(!key("German embassy in Pyongyang").is_same(&key("Swedish embassy in Pyongyang")));
        assert!(!key("German embassy in Pyongyang").is_same(&key("German embassy in Beijing")));
    }
}
