//! Attaching a file once, however often it is sent: how a program that lost the answer asks again.

use super::drafts::load;
use super::uploads::{Incoming, begin, plain_name};
use crate::fault::{Answer, Fault};
use crate::hall::Ask;
use domain::Refusal;
use domain::forms::{FileNote, split_key};
use domain::refusal::Thing;
use sm3::{Digest as _, Sm3};
use store::idempotency::{self, Once};
use uuid::Uuid;

/// The act, as the idempotency keys know it.
const ACT: &str = "forms.attach";

/// Which sending this is: the key its sender chose, and where the file goes. Its content is known when all of it is here.
#[derive(Clone, Debug)]
pub(super) struct Sending {
    actor: String,
    key: String,
    place: String,
}

impl Sending {
    /// Sendings are the same when place, name and content are.
    pub(super) fn of(&self, name: &str, hash: &str) -> Once {
        Once::new(&self.actor, ACT, &self.key, format!("{} {hash} {name}", self.place).as_bytes())
    }
}

/// A file on its way to a field of a draft.
pub enum Attaching {
    /// It is kept when all of it is here, unless it turns out to be there already.
    New(Box<Incoming>),
    /// The draft takes it no more (the field is full, or all was handed in), but it, or another, was sent under this key before.
    Again(Box<Again>),
}

/// A file that is only compared with what was sent before.
pub struct Again {
    sending: Sending,
    /// Of what was sent before.
    body_hash: String,
    /// What was answered then, with the name sent now: another name makes it another file.
    note: FileNote,
    size: u64,
    hash: Sm3,
}

/// Begin to receive a file for a field of a draft, under a key: the same key with the same file attaches it once and answers the same.
///
/// # Errors
/// No such draft or field; a field that is full; no key; as of [`super::receive`].
pub async fn attach(ask: &Ask, draft: Uuid, field: &str, file_name: &str, key: &str) -> Answer<Attaching> {
    let key = key.trim();
    if key.is_empty() || key.len() > 64 {
        return Err(Refusal::KeyMissing.into());
    }
    let sending = Sending { actor: ask.label(), key: key.to_owned(), place: format!("{draft} {field}") };
    // whether there is room is asked before what was sent under the key: were it the other way round, the first sending could
    // fill the room in between, and the second would be told so instead of what became of the first
    match fresh(ask, draft, field, file_name).await {
        Ok(incoming) => Ok(Attaching::New(Box::new(incoming.once(sending)))),
        Err(Fault::Refused(refusal)) => {
            let kept = idempotency::find(&mut ask.store().glance().await?, &sending.actor, ACT, key).await?;
            let Some((body_hash, answer)) = kept else { return Err(refusal.into()) };
            let note = FileNote { name: plain_name(file_name), ..serde_json::from_value(answer)? };
            Ok(Attaching::Again(Box::new(Again { sending, body_hash, note, size: 0, hash: Sm3::new() })))
        }
        Err(fault) => Err(fault),
    }
}

async fn fresh(ask: &Ask, draft: Uuid, field: &str, file_name: &str) -> Answer<Incoming> {
    let mut tx = ask.store().read().await?;
    let open = load(ask, &mut tx, draft).await?;
    let page = open.form()?.place(split_key(field).0).map(|place| place.page.id.clone());
    let page = page.ok_or_else(|| Fault::missing(Thing::Upload))?;
    begin(ask, &mut tx, draft, &page, field, file_name).await
}

impl Attaching {
    /// Take the next piece.
    pub async fn write(&mut self, bytes: &[u8]) -> Answer<()> {
        match self {
            Self::New(incoming) => incoming.write(bytes).await,
            Self::Again(again) => again.write(bytes),
        }
    }

    /// The whole file is here: what is noted of it in the draft, now or since it was sent before.
    pub async fn finish(self) -> Answer<FileNote> {
        match self {
            Self::New(incoming) => incoming.finish().await,
            Self::Again(again) => again.finish(),
        }
    }
}

impl Again {
    fn write(&mut self, bytes: &[u8]) -> Answer<()> {
        self.size += bytes.len() as u64;
        // longer than what was sent before: it is another, and need not be read to its end
        if self.size > self.note.size {
            return Err(Refusal::KeyCrossed.into());
        }
        self.hash.update(bytes);
        Ok(())
    }

    fn finish(self) -> Answer<FileNote> {
        let sent = self.sending.of(&self.note.name, &hex::encode(self.hash.finalize()));
        if sent.body_hash == self.body_hash { Ok(self.note) } else { Err(Refusal::KeyCrossed.into()) }
    }
}
