//! Which post is open, closed, empty, inspected, by whose word; who heads it; how many are left.
//!
//! The four axes (premises, staffing, head, relation) are kept apart, and a row is always what somebody asserts
//! for some time, never a finding. Posts are recognized by the words of a status: "the German embassy in
//! Pyongyang", "Norvale's embassy in Selmira", "embassies of Garrow and Unter Tell in Port Amber".

mod counts;
mod ledger;
mod post;

pub(crate) use counts::counts_posts;
pub use counts::{Count, OpenPosts};
pub use ledger::{PostLedger, PostRow, Presence, filed_posts, posts_under, presence};
pub use post::PostName;

/// The word for an axis.
pub const fn axis_word(axis: verbale_pack::Axis) -> &'static str {
    match axis {
        verbale_pack::Axis::Premises => "premises",
        verbale_pack::Axis::Staffing => "staffing",
        verbale_pack::Axis::Head => "head",
        verbale_pack::Axis::Relation => "relation",
    }
}
