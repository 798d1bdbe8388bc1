//! One application of made-up people, from the first page to the end.

use super::{Town, agreed, pairs};
use domain::cases::{Act, Case, NodeKind, Stage};
use domain::forms::{Block, Sample, field_name, rows_name, split_key};
use service::{Ask, cases, catalogue};
use uuid::Uuid;

/// A working day after which nothing of a sample has run out.
pub const DAY: &str = "2026-10-09T09:00:00";

/// Everything shipped: code and samples.
pub fn shipped() -> impl Iterator<Item = (&'static str, Vec<Sample>)> {
    catalogue::SHIPPED.iter().map(|t| (t.code, catalogue::samples(t.code).unwrap()))
}

impl Town {
    /// Begin, answer every page, attach every file. Returns the draft.
    pub async fn fill(&self, ask: &Ask, code: &str, sample: &Sample) -> Uuid {
        let form = self.hall.published().to_fill_in(code).unwrap().form.clone().unwrap();
        let draft = service::forms::start(ask, code, &self.key(), &[]).await.unwrap();
        for page in &form.pages {
            let mut posted = pairs(&[("page", &page.id)]);
            for block in &page.blocks {
                if let Block::Group(group) = block {
                    for row in sample.rows.get(&group.id).into_iter().flatten() {
                        posted.push((rows_name(&group.id), row.clone()));
                        posted.push(("open".into(), format!("{}.{row}", group.id)));
                    }
                }
            }
            let here: Vec<&str> = page.places().map(|p| p.field.id.as_str()).collect();
            for (key, said) in sample.said(domain::clock::hall_day(ask.at)).filter(|(key, _)| here.contains(&split_key(key).0)) {
                posted.extend(said.into_iter().map(|v| (field_name(key), v)));
            }
            service::forms::save_page(ask, draft, &page.id, &posted).await.unwrap();
            for (key, name) in sample.files.iter().filter(|(key, _)| here.contains(&split_key(key).0)) {
                self.attach(ask, draft, &page.id, key, name).await.unwrap();
            }
        }
        draft
    }

    /// File a sample; the case.
    pub async fn file(&self, code: &str, sample: &Sample) -> Uuid {
        let ask = self.ask(&sample.login, DAY).await;
        let draft = self.fill(&ask, code, sample).await;
        let page = service::forms::draft(&ask, draft).await.unwrap();
        assert_eq!(page.problems, [], "{code} {}", sample.name);
        let ids: Vec<&str> = sample.agreed.iter().map(String::as_str).collect();
        cases::submit(&ask, draft, &self.key(), &agreed(&ids)).await.unwrap().case
    }

    /// Let the desk do its work until the case has ended as was asked for.
    pub async fn carry_on(&self, code: &str, case: Uuid, granted: bool) -> Case {
        let flow = self.hall.published().procedure(code).unwrap().flow.clone().unwrap();
        let (clerk, approver) = (self.ask("clerk", DAY).await, self.ask("approver", DAY).await);
        for _ in 0..20 {
            let page = cases::desk_case(&clerk, case).await.unwrap();
            match &page.case.stage {
                Stage::PreReview => {
                    self.claim_and(&clerk, case, Act::Accept, &[]).await;
                }
                Stage::Handling { node } => {
                    let node = flow.node(node).unwrap();
                    match node.kind {
                        NodeKind::SiteCheck => {
                            let seen = [
                                ("site_on", "2026-10-09"),
                                ("site_staff", "张某"),
                                ("site_staff", "钱某"),
                                ("findings", "与申请一致"),
                            ];
                            self.claim_and(&clerk, case, Act::Pass, &pairs(&seen)).await;
                        }
                        NodeKind::Review => {
                            self.claim_and(&clerk, case, Act::Pass, &pairs(&[("opinion", "符合条件")])).await;
                        }
                        NodeKind::Approve => {
                            let who = if node.post == "approver" { &approver } else { &clerk };
                            let answer = flow.result.answers.iter().find(|a| a.grants == granted);
                            let says = [("opinion", "经核对的理由"), ("answer", answer.map_or("", |a| &a.code))];
                            // where there are answers, one act gives any of them
                            let act = if granted || answer.is_some() { Act::Grant } else { Act::Refuse };
                            self.claim_and(who, case, act, &pairs(&says)).await;
                        }
                    }
                }
                Stage::Issued => {
                    self.claim_and(&clerk, case, Act::Deliver, &pairs(&[("way", "electronic")])).await;
                }
                Stage::Ended { .. } => return page.case,
                Stage::AwaitingSupplement { .. } | Stage::Suspended { .. } | Stage::Granted => {
                    panic!("{code} rests at {:?}", page.case.stage)
                }
            }
        }
        panic!("{code} does not end");
    }
}
