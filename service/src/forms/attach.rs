//! Attaching a file once, however often it is sent: how a program that lost the answer asks again.

use super::drafts::load;
use super::uploads::{Incoming, begin, plain_name};
use crate::fault::{Answer, Fault};
use crate::hall::Ask;
use crate::once;
use domain::Refusal;
use domain::forms::{FileNote, file_key, file_place, key, split_key};
use domain::refusal::Thing;
use sm3::{Digest as _, Sm3};
use store::Tx;
use store::forms::uploads;
use store::idempotency::{self, Once};
use uuid::Uuid;

/// The act, as the idempotency keys know it.
const ACT: &str = "forms.attach";

/// Which sending this is: the key its sender chose, and where the file goes. Its content is known when all of it is here.
#[derive(Clone, Debug)]
pub(super) struct Sending {
    actor: String,
    key: String,
    draft: Uuid,
    place: String,
}

impl Sending {
    /// Sendings are the same when place, name and content are.
    pub(super) fn of(&self, name: &str, hash: &str) -> Once {
        Once::new(&self.actor, ACT, &self.key, format!("{} {} {hash} {name}", self.draft, self.place).as_bytes())
    }

    /// Whether what was attached before is where it was sent to, or was handed in from there. It may have been taken out since, and
    /// its entry may have another number by now.
    pub(super) async fn is_there(&self, ask: &Ask, tx: &mut Tx, note: &FileNote) -> Answer<bool> {
        let id = Uuid::parse_str(&note.id).map_err(Fault::broken)?;
        let Some(upload) = uploads::find(tx, id).await? else { return Ok(false) };
        if upload.case_id.is_some() {
            return Ok(true);
        }
        let open = load(ask, tx, self.draft).await?;
        let key = key(&upload.field, Some(upload.row.as_str()).filter(|row| !row.is_empty()));
        Ok(file_place(open.form()?, &open.answers, &key).as_ref() == Some(&self.place))
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

/// Begin to receive a file for a question of a draft, `place` as programs write it ([`file_key`]), under a key: the same key with the
/// same file attaches it once and answers the same, for as long as the file is there.
///
/// # Errors
/// No such draft or question; one that is full; no key; as of [`super::receive`].
pub async fn attach(ask: &Ask, draft: Uuid, place: &str, file_name: &str, key: &str) -> Answer<Attaching> {
    let key = once::key(key)?;
    let sending = Sending { actor: ask.label(), key: key.to_owned(), draft, place: place.to_owned() };
    // whether there is room is asked before what was sent under the key: were it the other way round, the first sending could
    // fill the room in between, and the second would be told so instead of what became of the first
    match fresh(ask, draft, place, file_name).await {
        Ok(incoming) => Ok(Attaching::New(Box::new(incoming.once(sending)))),
        Err(Fault::Refused(refusal)) => {
            let mut tx = ask.store().glance().await?;
            let kept = idempotency::find(&mut tx, &sending.actor, ACT, key).await?;
            let Some((body_hash, answer)) = kept else { return Err(refusal.into()) };
            let note = FileNote { name: plain_name(file_name), ..serde_json::from_value(answer)? };
            if !sending.is_there(ask, &mut tx, &note).await? {
                return Err(refusal.into());
            }
            Ok(Attaching::Again(Box::new(Again { sending, body_hash, note, size: 0, hash: Sm3::new() })))
        }
        Err(fault) => Err(fault),
    }
}

async fn fresh(ask: &Ask, draft: Uuid, place: &str, file_name: &str) -> Answer<Incoming> {
    let mut tx = ask.store().read().await?;
    let open = load(ask, &mut tx, draft).await?;
    let form = open.form()?;
    let key = file_key(form, &open.answers, place).ok_or_else(|| Fault::missing(Thing::Upload))?;
    let page = form.place(split_key(&key).0).map(|place| place.page.id.clone());
    let page = page.ok_or_else(|| Fault::missing(Thing::Upload))?;
    begin(ask, &mut tx, draft, &page, &key, file_name).await
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
