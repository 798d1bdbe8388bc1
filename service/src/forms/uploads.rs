//! Uploads: streamed, limited and recognised by content, kept encrypted under random names outside any web root.

use super::attach::Sending;
use super::drafts::{change, key_of, load};
use super::signing::may_open;
use crate::fault::{Answer, Fault};
use crate::hall::Ask;
use crate::notification::access;
use domain::Refusal;
use domain::cases::Case;
use domain::forms::{Answers, FileNote, FileType, Form, file_place, split_key};
use domain::identity::permission::{Somebody, as_somebody, sees};
use domain::refusal::Thing;
use sm3::{Digest as _, Sm3};
use store::forms::uploads::{self, UploadRow};
use store::idempotency::Claim;
use store::{BlobReader, BlobRef, BlobWriter, Tx, Unit, data_keys, idempotency, new_id, retry};
use uuid::Uuid;

/// Bytes looked at to recognise a file.
const HEAD: usize = 8192;

/// A file on its way in. Dropping it removes what was written.
pub struct Incoming {
    ask: Ask,
    draft: Uuid,
    page: String,
    key: String,
    name: String,
    accept: Vec<FileType>,
    max: u64,
    writer: BlobWriter,
    head: Vec<u8>,
    hash: Sm3,
    /// Attached once, however often it is sent under the same key.
    sending: Option<Sending>,
}

/// A file to send.
pub struct FileBody {
    pub reader: BlobReader,
    pub name: String,
    pub media_type: String,
    pub size: u64,
}

/// A name that is safe to show and to send back: the last part of any path, without control characters.
pub(super) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let clean: String =
        last.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '<' | '>' | '\u{202a}'..='\u{202e}')).take(120).collect();
    if clean.trim().is_empty() { "file".to_owned() } else { clean }
}

/// Begin to receive a file for a field of a draft page.
pub async fn receive(ask: &Ask, draft: Uuid, page: &str, key: &str, file_name: &str) -> Answer<Incoming> {
    let mut tx = ask.store().read().await?;
    begin(ask, &mut tx, draft, page, key, file_name).await
}

/// A small file that is here as a whole, attached in a unit that the caller saves.
pub(crate) async fn attach_in(
    ask: &Ask,
    unit: &mut Unit,
    place: (Uuid, &str, &str),
    file_name: &str,
    content: &[u8],
) -> Answer<FileNote> {
    let (draft, page, key) = place;
    let mut incoming = begin(ask, unit, draft, page, key, file_name).await?;
    incoming.write(content).await?;
    let (note, blob) = incoming.known().await?;
    keep_in(ask, unit, place, &note, &blob).await?;
    Ok(note)
}

pub(super) async fn begin(ask: &Ask, tx: &mut Tx, draft: Uuid, page: &str, key: &str, file_name: &str) -> Answer<Incoming> {
    let open = load(ask, tx, draft).await?;
    let form = open.form()?;
    if form.page(page).is_none() {
        return Err(Fault::missing(Thing::Page));
    }
    let (accept, max) = room(form, &open.answers, key)?;
    let data_key = key_of(ask, tx, &open.row).await?;
    let writer = ask.store().blobs().create(&data_key).await?;
    Ok(Incoming {
        ask: ask.clone(),
        draft,
        page: page.to_owned(),
        key: key.to_owned(),
        name: plain_name(file_name),
        accept,
        max,
        writer,
        head: Vec::new(),
        hash: Sm3::new(),
        sending: None,
    })
}

/// What a question takes, and bytes of one file.
///
/// # Errors
/// It takes no files; its entry is not there; as many as it takes are there.
fn room(form: &Form, answers: &Answers, key: &str) -> Answer<(Vec<FileType>, u64)> {
    let place = form.place(split_key(key).0).filter(|_| file_place(form, answers, key).is_some());
    let place = place.ok_or_else(|| Fault::missing(Thing::Upload))?;
    let wanted = place.field.kind.uploads().ok_or_else(|| Fault::missing(Thing::Upload))?;
    if answers.files(key).len() >= wanted.max as usize {
        return Err(Refusal::TooManyFiles { max: wanted.max }.into());
    }
    Ok((wanted.accept.to_vec(), wanted.max_bytes))
}

impl Incoming {
    /// The same, attached once under the key of this sending.
    pub(super) fn once(self, sending: Sending) -> Self {
        Self { sending: Some(sending), ..self }
    }

    /// Take the next piece.
    pub async fn write(&mut self, bytes: &[u8]) -> Answer<()> {
        if self.writer.size() + bytes.len() as u64 > self.max {
            return Err(Refusal::FileTooLarge { name: self.name.clone(), max: self.max }.into());
        }
        if self.head.len() < HEAD {
            let take = bytes.len().min(HEAD - self.head.len());
            self.head.extend_from_slice(&bytes[..take]);
        }
        self.hash.update(bytes);
        Ok(self.writer.write(bytes).await?)
    }

    /// The whole file is here: recognise it, keep it, note it in the draft.
    pub async fn finish(self) -> Answer<FileNote> {
        let (ask, draft, page, key) = (self.ask.clone(), self.draft, self.page.clone(), self.key.clone());
        let sending = self.sending.clone();
        let (note, blob) = self.known().await?;
        retry(|| keep(&ask, (draft, &page, &key), &note, &blob, sending.as_ref())).await
    }

    /// What it is, by its content; on disk from here on.
    async fn known(self) -> Answer<(FileNote, BlobRef)> {
        if self.head.is_empty() {
            return Err(Refusal::FileEmpty { name: self.name }.into());
        }
        let kind = recognise(&self.head);
        let Some(kind) = kind.filter(|k| self.accept.contains(k)) else {
            let accepted: Vec<&str> = self.accept.iter().map(|a| a.name()).collect();
            let found = kind.map_or_else(String::new, |k| k.name().to_owned());
            return Err(Refusal::FileKind { name: self.name, found, accepted: accepted.join("、") }.into());
        };
        let blob = self.writer.finish().await?;
        let note = FileNote {
            id: new_id(self.ask.at).to_string(),
            name: self.name,
            size: u64::try_from(blob.size).unwrap_or(0),
            media_type: kind.media_type().to_owned(),
            hash: hex::encode(self.hash.finalize()),
        };
        Ok((note, blob))
    }
}

/// The note of the file, or of the one that was kept under the same key before; what was written then is swept away with all that no
/// row names. One that was taken out of the draft since is attached anew: from now on the key answers with it.
async fn keep(
    ask: &Ask,
    place: (Uuid, &str, &str),
    note: &FileNote,
    blob: &BlobRef,
    sending: Option<&Sending>,
) -> Answer<FileNote> {
    let mut unit = ask.unit().await?;
    if let Some(sending) = sending {
        let once = sending.of(&note.name, &note.hash);
        match idempotency::claim(&mut unit, &once).await? {
            Claim::Fresh => {}
            Claim::Replay(answer) => {
                let before = FileNote { name: note.name.clone(), ..serde_json::from_value(answer)? };
                if sending.is_there(ask, &mut unit, &before).await? {
                    return Ok(before);
                }
            }
            Claim::Crossed => return Err(Refusal::KeyCrossed.into()),
        }
        // names of files rest sealed; whoever sends the same again brings the name along
        let nameless = FileNote { name: String::new(), ..note.clone() };
        idempotency::answer(&mut unit, &once, &serde_json::to_value(nameless)?).await?;
    }
    keep_in(ask, &mut unit, place, note, blob).await?;
    unit.save().await?;
    Ok(note.clone())
}

async fn keep_in(
    ask: &Ask,
    unit: &mut Unit,
    (draft, _page, key): (Uuid, &str, &str),
    note: &FileNote,
    blob: &BlobRef,
) -> Answer<()> {
    let open = load(ask, unit, draft).await?;
    // once more: while the file came, another may have filled the place, or its entry was taken out
    room(open.form()?, &open.answers, key)?;
    let data_key = key_of(ask, unit, &open.row).await?;
    let id = Uuid::parse_str(&note.id).map_err(Fault::broken)?;
    let (field, row) = split_key(key);
    let upload = UploadRow {
        id,
        draft_id: Some(draft),
        case_id: None,
        field: field.to_owned(),
        row: row.unwrap_or_default().to_owned(),
        file_name: data_key.seal(uploads::FILE_NAME, &note.id, note.name.as_bytes())?,
        media_type: note.media_type.clone(),
        size: blob.size,
        sha256: blob.sha256.clone(),
        blob: blob.name.clone(),
        state: "kept".into(),
        created_at: ask.at,
        created_by: open.me.account,
    };
    uploads::add(unit, &upload).await?;
    let mut answers = open.answers.clone();
    answers.add_file(key, note.clone());
    change(ask, unit, &open, &answers, &open.tried()).await
}

/// What a file is, from its content. Anything a browser might run is nothing we know.
fn recognise(head: &[u8]) -> Option<FileType> {
    if head.starts_with(b"%PDF-") {
        return Some(FileType::Pdf);
    }
    let found = infer::get(head)?;
    // an OFD is a zip with its own root entry, which `infer` does not know
    if found.mime_type() == "application/zip" {
        let text = String::from_utf8_lossy(head);
        return text.contains("OFD.xml").then_some(FileType::Ofd);
    }
    FileType::of_media_type(found.mime_type())
}

/// An upload, for its owner or for staff of the unit that handles the case.
pub async fn upload(ask: &Ask, id: Uuid) -> Answer<FileBody> {
    let me = as_somebody(&ask.actor)?;
    let mut tx = ask.store().read().await?;
    let row = uploads::find(&mut tx, id).await?.ok_or_else(|| Fault::missing(Thing::Upload))?;
    let mut signs = false;
    let (noun, owner_id, party, units) = match (row.case_id, row.draft_id) {
        (Some(case), _) => {
            let row = store::cases::find(&mut tx, case).await?.ok_or_else(|| Fault::missing(Thing::Upload))?;
            let case: Case = serde_json::from_value(row.state)?;
            ("case", case.id, case.applicant.party, case.units().collect())
        }
        (None, Some(draft)) => {
            let draft = store::forms::drafts::find(&mut tx, draft).await?;
            let draft = draft.ok_or_else(|| Fault::missing(Thing::Upload))?;
            let (noun, owner) = draft.case_id.map_or(("draft", draft.id), |case| ("case", case));
            // whoever is asked to sign reads what they sign
            signs = matches!(me, Somebody::Applicant(_)) && may_open(ask, &mut tx, &draft, &row.field).await?;
            (noun, owner, draft.party_id, Vec::new())
        }
        (None, None) => return Err(Fault::missing(Thing::Upload)),
    };
    // a draft lies in no unit: nobody at a desk sees what was not handed in
    if !signs {
        sees(me, party, units, Thing::Upload)?;
    }
    let key = data_keys::find(&mut tx, ask.store().keys(), noun, owner_id).await?;
    let key = key.ok_or_else(|| Fault::broken("an upload without a key"))?;
    drop(tx);
    let name = key.open(uploads::FILE_NAME, &id.to_string(), &row.file_name)?;
    let body = FileBody {
        reader: ask.store().blobs().open_blob(&key, &row.blob).await?,
        name: String::from_utf8_lossy(&name).into_owned(),
        media_type: row.media_type,
        size: u64::try_from(row.size).unwrap_or(0),
    };
    access(ask, "upload", &id.to_string(), "opened").await?;
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_not_the_name() {
        assert_eq!(recognise(b"%PDF-1.7\n"), Some(FileType::Pdf));
        assert_eq!(recognise(&[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), Some(FileType::Png));
        assert_eq!(recognise(&[0xff, 0xd8, 0xff, 0xe0, 0, 0]), Some(FileType::Jpg));
        for bad in [&b"<html><script>"[..], b"<svg onload=x>", b"GIF89a<script>", b"MZ\x90\0", b"PK\x03\x04hello", b"x"] {
            assert_eq!(recognise(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn names_lose_paths_and_tricks() {
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("C:\\fakepath\\平面图.pdf"), "平面图.pdf");
        assert_eq!(plain_name("a\"\r\nb.pdf"), "ab.pdf");
        assert_eq!(plain_name("图\u{202e}fdp.exe"), "图fdp.exe");
        assert_eq!(plain_name(" "), "file");
        assert!(plain_name(&"长".repeat(500)).chars().count() <= 120);
    }
}
