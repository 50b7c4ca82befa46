//! The moves of a transition-based parser: how a package numbers them.

use serde_json::Value;

use crate::doc::{LabelId, Labels};
use crate::package::msgpack;

/// A move: a kind of action with a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) action: u8,
    pub(crate) label: LabelId,
}

/// Reads the moves, in the order of their numbers.
///
/// Actions go by their key as a string; in an action, labels go by frequency, the most frequent first, then by name from the
/// last. Labels with a negative frequency were added later and come after all others. `allowed` says which moves exist.
pub(crate) fn read(
    bytes: &[u8],
    labels: &mut Labels,
    allowed: impl Fn(u8, &str) -> bool,
) -> Result<Vec<Move>, String> {
    let file = msgpack::read(bytes).map_err(|e| e.to_string())?;
    let json = file
        .get("moves")
        .and_then(msgpack::Value::as_str)
        .ok_or("no moves")?;
    let actions: Value = serde_json::from_str(json).map_err(|e| format!("moves: {e}"))?;
    let mut actions: Vec<_> = actions
        .as_object()
        .ok_or("moves that are no object")?
        .iter()
        .collect();
    actions.sort_by_key(|(action, _)| *action);
    let mut moves = Vec::new();
    let mut later: Vec<(i64, &str, u8)> = Vec::new();
    for (action, freqs) in actions {
        let action: u8 = action.parse().map_err(|_| "an action that is no number")?;
        let freqs = freqs.as_object().ok_or("an action without labels")?;
        let mut freqs = freqs
            .iter()
            .map(|(label, freq)| Some((freq.as_i64()?, label.as_str())))
            .collect::<Option<Vec<_>>>()
            .ok_or("a label without frequency")?;
        freqs.sort_unstable();
        for (freq, label) in freqs
            .into_iter()
            .rev()
            .filter(|(_, label)| allowed(action, label))
        {
            if freq < 0 {
                later.push((freq, label, action));
            } else {
                moves.push(Move {
                    action,
                    label: labels.intern(label),
                });
            }
        }
    }
    later.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)));
    moves.extend(later.into_iter().map(|(_, label, action)| Move {
        action,
        label: labels.intern(label),
    }));
    Ok(moves)
}
