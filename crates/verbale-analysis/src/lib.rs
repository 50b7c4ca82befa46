//! From claims to answers: the ledgers.
//!
//! Pure functions over slices of [`Entry`]: a claim with the metadata of its page. They open no files, know no
//! clock (whoever asks for "due today" passes the day), and their results do not depend on the order of the
//! slice.
//!
//! | question | module |
//! |---|---|
//! | How has one number moved, by whose word? | [`series`], drawn by [`chart`] |
//! | What cannot both be true, and why not? | [`compare`], [`conflicts`] |
//! | Which pages copy which? | [`copies`] |
//! | How many independent statements stand behind it? | [`origins`] |
//! | What falls if it is withdrawn? | [`impact`] |
//! | Who must do what by when, and what has each party said? | [`obligations`] |
//! | Which post is open, who heads it, how many are left? | [`presence`] |
//! | What happened when; which bans are in force, proposed, lifted? | [`timeline`] |
//!
//! [`text`] prints each of them, [`sheet`] gives their rows, and [`filed_under`] says which claims each needs.
//!
//! Not here: how claims are found (`verbale-extract`) and kept (`verbale-case`), and how pages look
//! (`verbale-desk`). Nothing here removes or changes a claim.

mod band;
pub mod chart;
pub mod compare;
pub mod conflicts;
pub mod copies;
mod entry;
mod filing;
mod groups;
pub mod impact;
mod lexicon;
pub mod lines;
mod measure;
pub mod obligations;
pub mod origins;
pub mod presence;
pub mod series;
pub mod sheet;
pub mod text;
pub mod timeline;
mod voice;
mod words;

pub use band::{Band, End, grouped};
pub use compare::{ConflictKind, Verdict, WhyNot, judge};
pub use conflicts::{Conflict, conflicts, conflicts_under};
pub use entry::{Entry, When};
pub use filing::{Filed, POST_COUNTS, Shelf, filed_under};
pub use impact::{Impact, Loss, Withdrawn, impact};
pub use lexicon::Lexicon;
pub use measure::{Axes, Nature};
pub use obligations::{AgainstComputed, Duties, DutyPart, against_computed, obligations};
pub use origins::{
    Bond, Origin, OriginLink, OriginRule, SharedWords, Standing, Support, Supports, Telling,
    is_copied, standings,
};
pub use presence::{OpenPosts, PostLedger, Presence, posts_under, presence};
pub use series::{N_WORDINGS, Observation, Series, SeriesKey};
pub use timeline::{
    Clock, Moment, Restriction, RestrictionState, in_one_line, moment, restriction, restrictions,
    timeline,
};
pub use voice::Voice;
pub use words::Bag;
