//! The one shape of an answer that is no page.

use axum::http::StatusCode;
use serde::Serialize;
use verbale_case::{SearchError, decision::DecideError};

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// The case has nothing there.
    #[error("the case has no {what} `{id}`")]
    Unknown {
        /// `claim`, `document`, …
        what: &'static str,
        /// As asked for.
        id: String,
    },
    /// There is no such address.
    #[error("there is no page at `{0}`")]
    NoPage(String),
    /// The request cannot be read.
    #[error("{0}")]
    Bad(String),
    /// The request is not allowed.
    #[error("{0}")]
    Forbidden(&'static str),
    /// The decision does not fit the case.
    #[error(transparent)]
    Decide(#[from] DecideError),
    /// The case could not be read.
    #[error(transparent)]
    Case(#[from] verbale_case::Error),
    /// Something else that has a status of its own.
    #[error("{1}")]
    Status(StatusCode, &'static str),
}

/// A fault as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct FaultView {
    /// The HTTP status.
    pub(crate) status: u16,
    /// What is wrong.
    pub(crate) error: String,
}

impl Fault {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Unknown { .. } | Self::NoPage(_) => StatusCode::NOT_FOUND,
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Decide(DecideError::Unknown { .. }) => StatusCode::NOT_FOUND,
            Self::Decide(DecideError::Case(_)) | Self::Case(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Decide(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Status(status, _) => *status,
        }
    }

    pub(crate) fn view(&self) -> FaultView {
        FaultView {
            status: self.status().as_u16(),
            error: self.to_string(),
        }
    }
}

impl From<SearchError> for Fault {
    fn from(e: SearchError) -> Self {
        match e {
            SearchError::Query(e) => Self::Bad(e.to_string()),
            SearchError::Case(e) => Self::Case(e),
        }
    }
}
