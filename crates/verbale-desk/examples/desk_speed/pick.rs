//! Which pages are asked for: claims by chance, and with them their documents, entities, series and words.

use verbale_case::{
    Case, Filter, Order,
    ledger::{SeriesRow, Slice, StoredClaim},
};

use crate::Failure;

/// Pages of one kind.
pub(crate) struct Picked {
    pub(crate) what: &'static str,
    pub(crate) addresses: Vec<String>,
}

/// At most `n` pages of each kind.
pub(crate) fn pick(case: &Case, n: usize) -> Result<Vec<Picked>, Failure> {
    let claims = claims(case, n)?;
    let of_claims = |address: &dyn Fn(&StoredClaim) -> String| claims.iter().map(address).collect();
    let (series, parts) = series(case, &claims)?;
    let picked = [
        (
            "one claim",
            of_claims(&|c| format!("/claim/{}", c.claim.id)),
        ),
        (
            "one document",
            of_claims(&|c| format!("/document/{}", c.document.page)),
        ),
        ("one entity", entities(case, n)?),
        ("one series", series),
        ("a part of a long series", parts),
        (
            "review queue",
            of_claims(&|c| format!("/review?after={}", c.claim.id)),
        ),
        ("search", of_claims(&search)),
        ("overview", vec!["/overview".to_owned(); n]),
        ("one publisher", of_claims(&publisher)),
        ("disagreements", vec!["/conflicts".to_owned(); n]),
        (
            "list of claims",
            of_claims(&|c| format!("/claims?after={}", c.claim.id)),
        ),
        ("list of series", vec!["/series".to_owned(); n]),
        ("list of entities", vec!["/entities".to_owned(); n]),
        ("timeline", vec!["/timeline".to_owned(); n]),
    ];
    let picked = picked.map(|(what, addresses)| Picked { what, addresses });
    Ok(picked
        .into_iter()
        .filter(|p| !p.addresses.is_empty())
        .collect())
}

/// A claim of each of `n` documents that lie evenly over the case.
fn claims(case: &Case, n: usize) -> Result<Vec<StoredClaim>, Failure> {
    let n_documents = case.n_documents(None)?;
    let mut claims = Vec::new();
    for i in 0..n as u64 {
        let slice = Slice {
            // Neighbors by number would be neighbors in the cache.
            offset: u32::try_from((i * 7_919 % n as u64) * n_documents / n as u64)?,
            limit: 1,
        };
        for document in case.documents(None, slice)? {
            let stored = case.document(document.info.page)?;
            let found = stored.map(|d| d.claims).unwrap_or_default();
            claims.extend(found.into_iter().nth(i as usize % 5));
        }
    }
    if claims.is_empty() {
        let some = Filter {
            limit: u32::try_from(n).ok(),
            order: Order::Page,
            ..Filter::default()
        };
        claims = case.claims(&some)?;
    }
    Ok(claims)
}

/// The series of these claims, of which long ones come often, and places within the long ones.
fn series(case: &Case, claims: &[StoredClaim]) -> Result<(Vec<String>, Vec<String>), Failure> {
    let (mut whole, mut parts) = (Vec::new(), Vec::new());
    for (i, claim) in claims.iter().enumerate() {
        let Some(key) = case.series_key_of(claim.claim.id)? else {
            continue;
        };
        let number = SeriesRow { key, n_claims: 0 }.number();
        let n_claims = case.series_numbered(number)?.map_or(0, |row| row.n_claims);
        whole.push(format!("/series/ser-{number:016x}"));
        if n_claims > 200 {
            let from = n_claims * i as u64 / claims.len() as u64;
            parts.push(format!("/series/ser-{number:016x}?from={from}"));
        }
    }
    Ok((whole, parts))
}

/// The entities of most claims, and others further down.
fn entities(case: &Case, n: usize) -> Result<Vec<String>, Failure> {
    let half = u32::try_from(n / 2)?;
    let mut found = Vec::new();
    for offset in [0, 20 * half] {
        let slice = Slice {
            offset,
            limit: half,
        };
        found.extend(case.entities(None, slice)?);
    }
    Ok(found.iter().map(|e| format!("/entity/{}", e.id)).collect())
}

/// A search for the first words of a claim.
fn search(claim: &StoredClaim) -> String {
    let words = claim.claim.evidence.quote().split_whitespace().take(2);
    let words: Vec<String> = words
        .map(|w| w.chars().filter(|c| c.is_alphanumeric()).collect())
        .collect();
    format!("/search?q={}", escaped(&words.join(" ")))
}

fn publisher(claim: &StoredClaim) -> String {
    match &claim.document.publisher {
        Some(name) => format!("/publisher/{}", escaped(name)),
        None => "/publishers".to_owned(),
    }
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect()
}
