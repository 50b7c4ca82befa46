//! "Missed the deadline": which one, where the page names only one.

use verbale_core::{Anchor, Proposition, Timex};

use super::Draft;

/// Dates the missed duties that have no time of their own by the page's only deadline.
///
/// A missed deadline holds from the deadline on, not from the day on which somebody speaks of it; a page with
/// several deadlines leaves open which one is meant.
pub(super) fn date_missed(drafts: &mut [Draft]) {
    let only = only_deadline(drafts);
    for draft in drafts {
        let said = draft.attribution.said_on.clone();
        let Proposition::Status(status) = &mut draft.proposition else {
            continue;
        };
        let spoken = status.as_of.is_none() || status.as_of == said;
        if status.status == "missed" && spoken {
            status.as_of = only.clone().filter(|_| status.subject.contains("deadline"));
        }
    }
}

/// The day by which something must be done, if all obligations of the page agree on it.
fn only_deadline(drafts: &[Draft]) -> Option<Timex> {
    let mut days: Vec<&Timex> = drafts
        .iter()
        .filter_map(|d| match &d.proposition {
            Proposition::Obligation(o) => o.deadline.as_ref(),
            _ => None,
        })
        .filter(|t| t.interval.is_some())
        .collect();
    days.dedup_by(|a, b| a.interval == b.interval);
    match days.as_slice() {
        [day] => Some(Timex {
            anchor: Anchor::Text,
            ..(*day).clone()
        }),
        _ => None,
    }
}
