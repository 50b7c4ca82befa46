//! Prints the claims of recorded pages in the exchange format.
//!
//! Each line of the input is one page: `id`, `text`, `metadata`, `passages` with offsets in code points, and
//! `docs`, spaCy's JSON for each passage that may carry claims. For developing rules without the pipeline.

use std::io::BufRead;

use serde_json::{Value, json};
use verbale_core::{
    CharOffset, Claim, Document, Metadata, OffsetTable, PageId, Passage, Proposition, Publication,
    Quantity, Timex,
};
use verbale_extract::{extract, patterns::Patterns};
use verbale_nlp::Doc;
use verbale_pack::Packs;

#[allow(clippy::print_stdout)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let packs = Packs::builtin();
    let patterns = Patterns::compile(&packs, "en")?;
    for line in std::io::stdin().lock().lines() {
        let page: Value = serde_json::from_str(&line?)?;
        let document = document(&page)?;
        let docs: Vec<Doc> = page["docs"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
            .map(Doc::from_json)
            .collect::<Result<_, _>>()?;
        let mut next = docs.into_iter();
        let outcome = extract(
            &document,
            |_| next.next().expect("one doc a passage"),
            &packs,
            &patterns,
        );
        let claims: Vec<Value> = outcome
            .value
            .claims
            .iter()
            .map(|c| printed(&document, c))
            .collect();
        println!(
            "{}",
            json!({"id": page["id"], "metadata": {"outlet": page["metadata"]["publisher"]}, "claims": claims})
        );
    }
    Ok(())
}

fn document(page: &Value) -> Result<Document, Box<dyn std::error::Error>> {
    let text = page["text"].as_str().ok_or("no text")?.to_owned();
    let table = OffsetTable::new(&text);
    let at = |v: &Value| CharOffset(v.as_u64().unwrap_or_default() as u32);
    let passages = page["passages"]
        .as_array()
        .ok_or("no passages")?
        .iter()
        .map(|p| {
            Ok(Passage {
                role: p["role"].as_str().unwrap_or_default().parse()?,
                range: table.range_from_chars(at(&p["start"]), at(&p["end"])),
                repeats: None,
            })
        })
        .collect::<Result<_, verbale_core::UnknownWord>>()?;
    let meta = &page["metadata"];
    let word = |key: &str| meta[key].as_str().map(str::to_owned);
    let metadata = Metadata {
        title: word("title"),
        authors: meta["authors"]
            .as_array()
            .map(|a| {
                a.iter()
                    .filter_map(|v| v.as_str().map(str::to_owned))
                    .collect()
            })
            .unwrap_or_default(),
        publisher: word("publisher"),
        agency: word("agency"),
        published: word("published")
            .and_then(|d| d.parse().ok())
            .map(|date| Publication {
                date,
                rule: "text".to_owned(),
            }),
        kind: word("kind").unwrap_or_default(),
        language: "en".to_owned(),
        ..Metadata::default()
    };
    Ok(Document::new(
        PageId::of(text.as_bytes()),
        text,
        passages,
        metadata,
    ))
}

fn printed(document: &Document, claim: &Claim) -> Value {
    let a = &claim.attribution;
    let range = claim.evidence.range();
    let table = OffsetTable::new(document.text());
    json!({
        "id": claim.id.to_string(), "span": claim.evidence.quote(),
        "start": table.to_char(range.start()).0, "end": table.to_char(range.end()).0,
        "speaker": a.speaker.as_ref().map(|s| &s.name).filter(|n| !n.is_empty()),
        "speaker_org": a.speaker.as_ref().and_then(|s| s.org.as_ref()),
        "speaker_role": a.speaker.as_ref().and_then(|s| s.role.as_ref()),
        "anonymous": a.speaker.as_ref().is_some_and(|s| s.anonymity.is_some()),
        "on_behalf_of": a.on_behalf_of, "reported_via": a.via, "act": a.act.as_str(),
        "said_on": a.said_on.as_ref().and_then(Timex::iso), "kind": claim.kind().as_str(),
        "polarity": claim.polarity.as_str(), "modality": claim.modality.as_str(),
        "restates": claim.restates.map(|id| id.to_string()),
        claim.kind().as_str(): fields(&claim.proposition),
    })
}

fn fields(p: &Proposition) -> Value {
    let iso = |t: &Option<Timex>| t.as_ref().and_then(Timex::iso);
    match p {
        Proposition::Figure(f) => {
            let Quantity {
                value,
                low,
                high,
                approximator,
                unit,
                per,
            } = &f.quantity;
            let n = |d: &Option<verbale_core::Decimal>| {
                d.as_ref().and_then(|d| d.to_string().parse::<f64>().ok())
            };
            json!({"value": n(value), "low": n(low), "high": n(high), "approximator": approximator, "unit": unit,
                "per": per, "subject": f.subject, "where": f.place, "as_of": iso(&f.as_of)})
        }
        Proposition::Status(s) => {
            json!({"subject": s.subject, "status": s.status, "as_of": iso(&s.as_of)})
        }
        Proposition::Event(e) => {
            json!({"type": e.label, "actors": e.actors, "place": e.place, "date": iso(&e.date)})
        }
        Proposition::Obligation(o) => json!({"instrument": o.instrument, "paragraph": o.paragraph,
            "party": o.party, "action": o.action, "deadline": iso(&o.deadline)}),
        Proposition::Position(p) => {
            json!({"holder": p.holder, "stance": p.stance, "target": p.target})
        }
    }
}
