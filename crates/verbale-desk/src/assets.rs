//! The style sheet and the script, inside the binary, each under an address that changes with its content.

use std::sync::LazyLock;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use verbale_core::Digest;

/// A file that pages refer to.
pub(crate) struct Asset {
    /// Its address.
    pub(crate) href: String,
    media_type: &'static str,
    bytes: &'static [u8],
}

/// The style sheet.
pub(crate) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "css",
        "text/css; charset=utf-8",
        include_bytes!("assets/desk.css"),
    )
});

/// The script; every page works without it.
pub(crate) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "js",
        "text/javascript; charset=utf-8",
        include_bytes!("assets/desk.js"),
    )
});

/// The sign in the tab.
pub(crate) static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("svg", "image/svg+xml", include_bytes!("assets/desk.svg")));

impl Asset {
    fn new(extension: &str, media_type: &'static str, bytes: &'static [u8]) -> Self {
        let digest = Digest::of(bytes).to_string();
        Self {
            href: format!("/assets/desk-{}.{extension}", &digest[..12]),
            media_type,
            bytes,
        }
    }
}

/// The asset at this address.
pub(crate) fn answer(path: &str) -> Response {
    let all = [&*STYLE, &*SCRIPT, &*ICON];
    match all.into_iter().find(|a| a.href == path) {
        Some(asset) => (
            [
                (
                    header::CONTENT_TYPE,
                    HeaderValue::from_static(asset.media_type),
                ),
                (
                    header::CACHE_CONTROL,
                    HeaderValue::from_static("public, max-age=31536000, immutable"),
                ),
            ],
            asset.bytes,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
