//! Structured data (JSON-LD) as pages carry it: wrapped in comments, cut, with raw line breaks inside strings.

use serde_json::Value;

/// How deep objects may nest before they are left alone.
const MAX_DEPTH: usize = 6;
/// How many objects of one page are kept.
const MAX_OBJECTS: usize = 200;

/// Adds the objects of one `script` element, nested graphs opened; of text that does not parse, what can be saved.
pub(super) fn read(text: &str, objects: &mut Vec<Value>) {
    let bare = text
        .trim()
        .trim_start_matches("<!--")
        .trim_end_matches("-->")
        .trim();
    let bare = bare
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>");
    // Raw line breaks and tabs inside strings are the usual fault of hand-made structured data.
    let clean: String = bare
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let value = serde_json::from_str(&clean)
        .or_else(|_| serde_json::from_str(clean.trim_end_matches([';', ' ', ','])));
    match value {
        Ok(value) => add(value, 0, objects),
        Err(_) => objects.extend(salvage(&clean)),
    }
}

fn add(value: Value, depth: usize, objects: &mut Vec<Value>) {
    if depth > MAX_DEPTH || objects.len() > MAX_OBJECTS {
        return;
    }
    match value {
        Value::Array(items) => items.into_iter().for_each(|v| add(v, depth + 1, objects)),
        Value::Object(mut map) => {
            if let Some(graph) = map.remove("@graph") {
                add(graph, depth + 1, objects);
            }
            if let Some(main) = map.get("mainEntity").filter(|m| m.is_object()).cloned() {
                add(main, depth + 1, objects);
            }
            objects.push(Value::Object(map));
        }
        _ => {}
    }
}

/// The types that an object of structured data states.
pub(super) fn types(object: &Value) -> impl Iterator<Item = &str> {
    let t = object.get("@type");
    let one = t.and_then(Value::as_str);
    let many = t
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    one.into_iter().chain(many)
}

/// Dates and headline out of structured data that does not parse.
fn salvage(text: &str) -> Option<Value> {
    let field = |key: &str| {
        let at = text.find(&format!("\"{key}\""))? + key.len() + 2;
        let rest = text[at..]
            .trim_start()
            .strip_prefix(':')?
            .trim_start()
            .strip_prefix('"')?;
        Some(rest[..rest.find('"')?].to_owned())
    };
    let mut map = serde_json::Map::new();
    for key in ["headline", "datePublished", "dateModified"] {
        if let Some(value) = field(key) {
            map.insert(key.to_owned(), Value::String(value));
        }
    }
    if map.is_empty() {
        return None;
    }
    map.insert("@type".to_owned(), Value::String("Article".to_owned()));
    Some(Value::Object(map))
}
