//! From marks to resolved attributions: speaker, chain, act, and when it was said.

use verbale_core::{Act, Anchor, Document, Speaker, TextRange, Timex};
use verbale_pack::Packs;

use super::clock::Clock;
use super::country;
use super::draft::{Draft, Nature, Scene};
use super::roster::Roster;
use super::speaker::{Namer, Voice};
use super::{AttributionMark, acts, anonymity, default, turns, verbs};

/// What is known of a page before its speakers are.
pub(super) struct Page<'p, 'd> {
    pub(super) document: &'p Document,
    pub(super) scenes: &'p [Scene<'d>],
    pub(super) roster: &'p Roster,
    pub(super) packs: &'p Packs,
    pub(super) times: &'p [Timex],
}

/// Fills the attribution of every mark; `drafts` are the marks' own, in the same order.
pub(super) fn resolve(page: &Page<'_, '_>, drafts: &[Draft], marks: &mut [AttributionMark]) {
    let Page {
        document,
        scenes,
        packs,
        times,
        ..
    } = *page;
    let mut voices = voices(page, drafts, marks);
    name_the_company(document, &mut voices);
    let clock = Clock {
        times,
        marks: &*marks,
        document,
    };
    let said_on = clock.said_on(scenes, drafts, &voices);
    let base = default::chain(document);
    let turns = turns::find(document);
    let house = default::default_speaker(document);
    let houses: Vec<String> = house
        .speaker
        .iter()
        .chain(&default::office(document))
        .map(|s| s.name.clone())
        .collect();
    for (i, (voice, said_on)) in voices.iter().zip(said_on).enumerate() {
        let own = is_house(i, voice.as_ref(), &houses, marks);
        let via = match own {
            true => house.via.clone(),
            false => {
                // Whom one who talks quotes, the page has from him.
                let at = marks[i].cue.first().or(marks[i].content.first());
                let talks = at.and_then(|at| turns::at(&turns, *at));
                let talks = talks.map(|t| t.speaker.name.clone());
                let base: Vec<String> = base.iter().cloned().chain(talks).collect();
                via(i, &voices, marks, &base)
            }
        };
        let a = &mut marks[i].attribution;
        a.via = via;
        a.said_on = said_on.or_else(|| day_of_page(document).filter(|_| own));
        let scene = &scenes[drafts[i].block];
        let estimates = scene.tree.lemma(drafts[i].pivot) == "estimate";
        a.act = match drafts[i].rule == verbs::PUT_AT && !estimates {
            true => acts::of_amount(&words_of(scene, &drafts[i].content)),
            false => acts::of_cue(&scene.tree, drafts[i].pivot, packs),
        };
        if let Some(act) = acts_own_words(i, &voices, marks, drafts) {
            marks[i].attribution.act = act;
        }
        let a = &mut marks[i].attribution;
        if let Some(v) = voice {
            a.speaker = Some(v.speaker.clone());
            a.on_behalf_of.clone_from(&v.on_behalf_of);
            if drafts[i].rule == super::quoted::CONTINUED {
                marks[i].speaker.extend(v.speaker.range);
            }
        }
    }
    insist_after_denials(drafts, &voices, marks);
    name_metonyms(&voices, marks, packs);
}

/// "The port denied this. All locks were open, its director said": what the same side says right behind its denial
/// insists.
fn insist_after_denials(drafts: &[Draft], voices: &[Option<Voice>], marks: &mut [AttributionMark]) {
    for i in 1..marks.len() {
        let near = drafts[i].block == drafts[i - 1].block;
        let denied = marks[i - 1].attribution.act == Act::Deny && marks[i - 1].parent.is_none();
        let plain = marks[i].attribution.act == Act::Say
            && drafts[i].nature == Nature::Statement
            && marks[i].parent.is_none();
        if near && denied && plain && is_same_side(voices[i - 1].as_ref(), voices[i].as_ref()) {
            marks[i].attribution.act = Act::Insist;
        }
    }
}

/// "Orn Ferries ASA (the “Company”)": the defined word stands for the publisher from there on.
fn name_the_company(document: &Document, voices: &mut [Option<Voice>]) {
    let Some(publisher) = &document.metadata.publisher else {
        return;
    };
    for voice in voices.iter_mut().flatten() {
        let word = voice.speaker.name.as_str();
        let is_defined = matches!(word, "Company" | "Group" | "Corporation")
            && [
                "“Company”",
                "\"Company\"",
                "“Group”",
                "\"Group\"",
                "“Corporation”",
            ]
            .iter()
            .any(|d| d.contains(word) && document.text().contains(&format!("(the {d})")));
        if is_defined {
            voice.speaker.name.clone_from(publisher);
        }
    }
}

/// True for one speaker, or an institution and somebody of it.
fn is_same_side(a: Option<&Voice>, b: Option<&Voice>) -> bool {
    let (Some(a), Some(b)) = (a, b) else {
        return false;
    };
    let (a, b) = (&a.speaker, &b.speaker);
    let of = |org: &Option<String>, name: &str| org.as_deref().is_some_and(|o| o == name);
    !a.name.is_empty() && (a.name == b.name || of(&b.org, &a.name) || of(&a.org, &b.name))
}

/// The words of a content as far as they stand in the passage.
fn words_of(scene: &Scene<'_>, content: &[TextRange]) -> String {
    content
        .iter()
        .filter_map(|r| scene.text().get(scene.block.to_doc(*r)))
        .collect()
}

/// True for what the voice of the page says with a cue: "We have proposed …", "Ms Brandt: …" on her own office's page.
fn is_house(i: usize, voice: Option<&Voice>, houses: &[String], marks: &[AttributionMark]) -> bool {
    let Some(v) = voice else {
        return false;
    };
    let same = houses
        .iter()
        .any(|own| v.speaker.name == *own || is_surname_of(&v.speaker.name, own));
    same && marks[i].parent.is_none() && v.document.is_none() && v.relay.is_none()
}

/// "Brandt" of "Ada Brandt" or "Ms Brandt".
fn is_surname_of(short: &str, name: &str) -> bool {
    !short.is_empty() && name.split_whitespace().next_back() == Some(short)
}

/// The day of an own page: what an office says there it says by publishing it.
fn day_of_page(document: &Document) -> Option<Timex> {
    let date = document.metadata.published.as_ref()?.date;
    default::is_own_page(document).then(|| Timex::from_date(date, "", Anchor::Published))
}

/// "The port acknowledged that it did not know …": a thought inside of the thinker's own statement is part of it.
fn acts_own_words(
    i: usize,
    voices: &[Option<Voice>],
    marks: &[AttributionMark],
    drafts: &[Draft],
) -> Option<Act> {
    let parent = marks[i].parent.filter(|&p| p < i)?;
    let name = |k: usize| voices[k].as_ref().map(|v| v.speaker.name.as_str());
    let same = name(i).is_some() && name(i) == name(parent);
    (same && drafts[i].nature == Nature::Belief && drafts[parent].nature == Nature::Statement)
        .then_some(marks[parent].attribution.act)
}

/// The voice of each mark. Outer marks come before those inside them.
fn voices(page: &Page<'_, '_>, drafts: &[Draft], marks: &[AttributionMark]) -> Vec<Option<Voice>> {
    let document = page.document;
    let own = default::default_speaker(document)
        .speaker
        .map(|speaker| Voice {
            speaker,
            ..Voice::default()
        });
    let office = default::office(document).map(|speaker| Voice {
        speaker,
        ..Voice::default()
    });
    let turns = turns::find(document);
    let talks = |i: usize| {
        let at = *marks[i].cue.first().or(marks[i].content.first())?;
        let turn = turns::at(&turns, at)?;
        Some(Voice {
            speaker: turn.speaker.clone(),
            person: true,
            ..Voice::default()
        })
    };
    let mut namer = Namer::new(page.scenes, page.packs, page.roster, office);
    let mut voices: Vec<Option<Voice>> = vec![None; marks.len()];
    for i in outer_first(marks) {
        let draft = &drafts[i];
        let outer = match marks[i].parent {
            Some(p) => voices[p].clone(),
            None => talks(i).or_else(|| own.clone()),
        };
        voices[i] = if draft.nature == Nature::Provision {
            outer
        } else if draft.rule == super::quoted::CONTINUED {
            namer.last().cloned()
        } else {
            namer.voice(draft, outer.as_ref())
        };
        let label = voices[i].as_ref().map(|v| v.speaker.name.clone());
        if let Some(turn) = turns.iter().find(|t| Some(&t.label) == label.as_ref()) {
            let range = voices[i].as_ref().and_then(|v| v.speaker.range);
            voices[i] = Some(Voice {
                speaker: Speaker {
                    range,
                    ..turn.speaker.clone()
                },
                person: true,
                ..Voice::default()
            });
        }
        // "It was explained to him that …" on an office's own page: the office did.
        let tells = || {
            let tree = &page.scenes[draft.block].tree;
            matches!(
                tree.lemma(draft.pivot),
                "explain"
                    | "inform"
                    | "convey"
                    | "stress"
                    | "emphasize"
                    | "emphasise"
                    | "state"
                    | "note"
                    | "underline"
                    | "point"
                    | "tell"
                    | "announce"
            )
        };
        if voices[i].is_none()
            && default::is_own_page(document)
            && draft.speaker_head.is_none()
            && tells()
        {
            voices[i].clone_from(&own);
        }
        if voices[i].is_none() && draft.nature == Nature::Hearsay {
            let speaker = Speaker {
                anonymity: Some(anonymity::nobody()),
                ..Speaker::default()
            };
            voices[i] = Some(Voice {
                speaker,
                ..Voice::default()
            });
        }
    }
    voices
}

/// Indices in the order of the text, but a parent before its children.
fn outer_first(marks: &[AttributionMark]) -> Vec<usize> {
    let depth = |mut i: usize| {
        let mut d = 0;
        while let Some(p) = marks[i].parent {
            i = p;
            d += 1;
            if d > marks.len() {
                break;
            }
        }
        (i, d)
    };
    let mut order: Vec<usize> = (0..marks.len()).collect();
    order.sort_by_key(|&i| {
        let (top, d) = depth(i);
        (top, d, i)
    });
    order
}

/// The chain of a mark: the page's, then everybody around the speaker from the outside in, then its document.
fn via(
    i: usize,
    voices: &[Option<Voice>],
    marks: &[AttributionMark],
    base: &[String],
) -> Vec<String> {
    let mut around = Vec::new();
    let mut at = marks[i].parent;
    let mut steps = 0;
    while let Some(p) = at.filter(|_| steps < marks.len()) {
        around.push(p);
        at = marks[p].parent;
        steps += 1;
    }
    let mut chain: Vec<String> = base.to_vec();
    let mut push = |name: &str| {
        if !name.is_empty() && !chain.iter().any(|c| c == name) {
            chain.push(name.to_owned());
        }
    };
    for p in around.into_iter().rev() {
        if let Some(v) = &voices[p] {
            push(&v.speaker.name);
            v.document.iter().for_each(|d| push(d));
        }
    }
    if let Some(v) = &voices[i] {
        v.relay.iter().chain(&v.document).for_each(|d| push(d));
        chain.retain(|c| *c != v.speaker.name);
    }
    chain
}

/// Where a country or a capital speaks and the page names the person who did, the person joins the chain.
fn name_metonyms(voices: &[Option<Voice>], marks: &mut [AttributionMark], packs: &Packs) {
    let people: Vec<&Voice> = voices
        .iter()
        .flatten()
        .filter(|v| v.person && v.speaker.anonymity.is_none())
        .collect();
    for (mark, voice) in marks.iter_mut().zip(voices) {
        let Some(v) = voice.as_ref().filter(|v| !v.person) else {
            continue;
        };
        let Some(country) = country::named(&v.speaker.name, packs) else {
            continue;
        };
        let person = people.iter().find(|p| speaks_for(p, &country, packs));
        if let Some(p) = person {
            mark.attribution.via.push(p.speaker.name.clone());
        }
    }
}

/// True for an official of the country: by the institution, or by the function with the country before it.
fn speaks_for(person: &Voice, country: &String, packs: &Packs) -> bool {
    let of = |words: &str| country::mentioned(words, packs).contains(country);
    let office = |role: &str| {
        let noun = role
            .split_whitespace()
            .next_back()
            .unwrap_or_default()
            .to_lowercase();
        super::words::is_office(&noun) && of(role)
    };
    person.speaker.org.as_deref().is_some_and(of)
        || person.speaker.role.as_deref().is_some_and(office)
}
