//! Packs: domain knowledge as data.
